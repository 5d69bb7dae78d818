"""Knowledge products, what was published of them, and who used them."""

from biotoop.web.knowledge.models.parts import Author, Source, Touch
from biotoop.web.knowledge.models.products import Product, ProductStep, UseReport
from biotoop.web.knowledge.models.releases import Release

__all__ = ["Author", "Product", "ProductStep", "Release", "Source", "Touch", "UseReport"]
