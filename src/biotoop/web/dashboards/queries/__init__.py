"""What the pages over all records are asked."""
