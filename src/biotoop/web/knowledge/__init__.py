"""Knowledge products: made, read by somebody else, published, found, used and harvested."""
