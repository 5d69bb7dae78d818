"""People who sign in: accounts, second factor, sign-on through an organisation."""
