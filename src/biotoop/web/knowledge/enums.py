"""The words that the tables of knowledge products use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductKind(models.TextChoices):
    """What was made."""

    REPORT = "report", _("report")
    ADVICE = "advice", _("advice")
    BOOK = "book", _("book")
    METHOD = "method", _("professional method")
    WORK_FORM = "work_form", _("work form")
    MODULE = "module", _("education module")
    DATASET = "dataset", _("dataset")
    THEORY = "theory", _("release of a theory of change")


class ProductState(models.TextChoices):
    """Where the work on a product stands."""

    IDEA = "idea", _("idea")
    DRAFT = "draft", _("being written")
    REVIEW = "review", _("somebody else reads it")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def colour(self) -> str:
        """Give the kind of badge."""
        colours = {"draft": "busy", "review": "warn", "published": "good", "withdrawn": "bad"}
        return colours.get(self.value, "calm")


class Licence(models.TextChoices):
    """Under which conditions others may use it; the value is the identifier in the SPDX list."""

    BY = "CC-BY-4.0", _("CC BY 4.0: use and change it, name the makers")
    BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: as above, and share it in the same way")
    BY_NC = "CC-BY-NC-4.0", _("CC BY-NC 4.0: name the makers, not to earn money with")
    BY_ND = "CC-BY-ND-4.0", _("CC BY-ND 4.0: name the makers, do not change it")
    BY_NC_ND = "CC-BY-NC-ND-4.0", _("CC BY-NC-ND 4.0: share only, not change, not earn")
    ZERO = "CC0-1.0", _("CC0 1.0: free for everybody, without conditions")
    ODBL = "ODbL-1.0", _("ODbL 1.0: for data; name the source, share in the same way")
    EUPL = "EUPL-1.2", _("EUPL 1.2: for software")


class Change(models.TextChoices):
    """What a product does to a step of a theory of change."""

    SUPPORTS = "supports", _("makes this step more plausible")
    DOUBTS = "doubts", _("makes this step less plausible")
    REFINES = "refines", _("says for whom or when it holds")
    NEW = "new", _("brings something that is not in it yet")
    HELPS = "helps", _("helps to do this step well")


class Act(models.TextChoices):
    """The steps in the life of a product; the words are those of the button."""

    START = "start", _("Start writing")
    OFFER = "offer", _("Let somebody else read it")
    TAKE_BACK = "take_back", _("Take it back")
    RETURN = "return", _("Send it back")
    PUBLISH = "publish", _("Publish")
    REVISE = "revise", _("Make a new version")
    WITHDRAW = "withdraw", _("Withdraw")


class Who(models.TextChoices):
    """Whose step it is."""

    MAKER = "maker", _("who works on it")
    DECIDER = "decider", _("who decides, and did not offer it")
