"""The study folder, and the one way to run it: a frozen recipe gives findings."""
