"""What crosses several rooms on its way out: linked data and records for others."""
