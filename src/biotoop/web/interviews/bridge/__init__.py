"""The door to the engine: claims read and written, words masked, folders in and out."""
