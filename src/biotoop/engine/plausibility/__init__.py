"""How well all evidence fits "this works here as described", by a published scheme."""
