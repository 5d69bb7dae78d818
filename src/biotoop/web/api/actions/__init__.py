"""What the API does of its own: let keys in, answer a call once, keep many claims."""
