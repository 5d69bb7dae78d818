"""What is timed: for each tool a module, so that a run imports nothing of the others."""
