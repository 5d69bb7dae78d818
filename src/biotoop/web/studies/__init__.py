"""Learning cycles, studies, and what a study is made of."""
