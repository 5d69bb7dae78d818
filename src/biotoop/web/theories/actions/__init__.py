"""What people do with theories."""
