"""What people fill in about rounds and claims."""
