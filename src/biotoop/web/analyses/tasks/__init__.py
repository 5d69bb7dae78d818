"""What the worker does for this app."""
