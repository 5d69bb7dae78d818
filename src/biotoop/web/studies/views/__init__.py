"""Pages of cycles and studies."""
