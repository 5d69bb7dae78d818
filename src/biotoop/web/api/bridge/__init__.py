"""Documents that go over the line, described once: the class is the schema."""
