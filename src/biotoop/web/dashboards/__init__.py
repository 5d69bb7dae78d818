"""What needs somebody now, where studies stand, and what is known about a policy goal."""
