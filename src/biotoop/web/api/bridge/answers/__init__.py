"""What the API answers, by the part of the workplace that it is about."""
