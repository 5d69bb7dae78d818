"""The operations of the API, how a call goes, and the page that describes it."""
