"""The one service that decides what may be shown, for tables and for voices."""
