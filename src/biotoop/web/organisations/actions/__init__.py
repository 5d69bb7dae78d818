"""What people do with organisations and with each other's roles."""
