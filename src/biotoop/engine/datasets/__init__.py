"""Tables of people and moments: read, held against their codebook, compressed, written."""
