"""What people fill in about research clusters."""
