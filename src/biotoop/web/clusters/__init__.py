"""Research clusters: organisations buy a seat, employees find something out together."""
