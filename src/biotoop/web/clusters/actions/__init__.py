"""What people do with research clusters."""
