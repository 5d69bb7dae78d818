"""The invented world: organisations, people, theories and studies, for the demo mode only."""
