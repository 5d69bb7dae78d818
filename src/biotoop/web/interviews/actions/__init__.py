"""What people do with claims."""
