"""The HTTP API: for programs of people, with the rules and queries of the pages."""
