"""What people fill in about knowledge products."""
