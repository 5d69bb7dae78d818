"""Questions from practice, meetings to learn together, and places to do research."""
