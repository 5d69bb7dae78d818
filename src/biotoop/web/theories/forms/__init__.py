"""What people write about theories."""

from biotoop.web.theories.forms.canvas import CanvasForm
from biotoop.web.theories.forms.fields import reader_language
from biotoop.web.theories.forms.links import LinkForm
from biotoop.web.theories.forms.nodes import NodeForm
from biotoop.web.theories.forms.talks import AskForm, CommentForm, DecideForm, PublishForm
from biotoop.web.theories.forms.theories import (
    FileForm,
    FilterForm,
    PasteForm,
    TheoryForm,
    VariantForm,
)

__all__ = [
    "AskForm",
    "CanvasForm",
    "CommentForm",
    "DecideForm",
    "FileForm",
    "FilterForm",
    "LinkForm",
    "NodeForm",
    "PasteForm",
    "PublishForm",
    "TheoryForm",
    "VariantForm",
    "reader_language",
]
