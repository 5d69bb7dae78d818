"""The door to the engine: euros as readers may see them."""
