"""What the engine says of theories that nobody ran yet."""
