"""Evidence by people, tests and literature, as records on nodes, links and routes."""
