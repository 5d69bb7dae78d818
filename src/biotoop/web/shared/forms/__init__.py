"""Forms that belong to no app in particular, and how every form speaks."""

from biotoop.web.shared.forms.sample import SampleForm
from biotoop.web.shared.forms.wording import speak_plainly

__all__ = ["SampleForm", "speak_plainly"]
