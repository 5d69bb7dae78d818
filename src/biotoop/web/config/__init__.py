"""What joins the apps of the workplace: settings, addresses, server."""
