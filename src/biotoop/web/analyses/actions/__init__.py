"""The verbs of this app, one noun a file."""
