"""The door to the engine: metadata of what was published, and the protocol of harvesters."""
