"""Value in euros for each payer, with uncertainty, and what it is worth to find out next."""
