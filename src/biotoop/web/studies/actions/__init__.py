"""What people do with cycles and studies."""
