"""What people do with knowledge products."""
