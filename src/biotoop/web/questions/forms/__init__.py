"""What people fill in about questions."""
