"""The pages about theories."""
