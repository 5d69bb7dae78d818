"""Ground floor of the engine: values, texts, errors and documents that every room uses."""
