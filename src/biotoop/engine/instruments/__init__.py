"""Questionnaires: a catalogue of instruments, scoring, reliability and reliable change."""
