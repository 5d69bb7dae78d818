"""The workplace: Biotoop in the browser. Only ``bridge.py`` files open the engine."""
