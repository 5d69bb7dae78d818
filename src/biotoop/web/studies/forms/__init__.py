"""What people fill in about cycles and studies."""
