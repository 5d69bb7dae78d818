"""Research programmes of partners, what organisations offer, and what municipalities want."""
