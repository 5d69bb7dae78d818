"""Settings of the documentation."""

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

import biotoop

project = "Biotoop"
author = "the maintainers of Biotoop"
version = release = biotoop.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.apidoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "reference/api/modules.rst", "reference/api/biotoop.rst"]
suppress_warnings = ["ref.python"]  # two classes may have a field of the same name

# The reference of the engine is made from its docstrings, one page a room, at each build.
apidoc_modules = [
    {
        "path": "../src/biotoop",
        "destination": "reference/api",
        "exclude_patterns": [
            "../src/biotoop/cli*",
            "../src/biotoop/web*",
            "../src/biotoop/__main__.py",
        ],
        "automodule_options": {"members"},
        "max_depth": 1,
        "module_first": True,
    }
]
napoleon_google_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "Biotoop"
html_show_sphinx = False
html_math_renderer = "mathml"  # defined below


def inline_formula(writer, node):
    """Write a formula within a sentence."""
    writer.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def block_formula(writer, node):
    """Write a formula on a line of its own."""
    writer.body.append(tex2mathml(node.astext(), as_block=True))
    raise nodes.SkipNode


def setup(app):
    """Set formulas as MathML, which browsers read without a script from elsewhere."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (block_formula, None))
