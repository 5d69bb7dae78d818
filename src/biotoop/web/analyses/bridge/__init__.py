"""The door to the engine: folders frozen, studies run, findings written out as pages."""
