"""Studies run, what came of it, and the judgement of people beside it."""
