"""Evidence by hand: rounds, claims, and what residents say is missing."""
