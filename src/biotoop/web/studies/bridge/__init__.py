"""The door to the engine: documents and folders checked, plans registered, targets in words."""
