"""Pages of rounds and claims."""
