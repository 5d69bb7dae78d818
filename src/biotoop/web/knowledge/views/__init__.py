"""The pages about knowledge products."""
