"""The words that the tables of research clusters use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThemeKind(models.TextChoices):
    """How a theme comes about."""

    OFFERED = "offered", _("offered theme")
    COCREATION = "cocreation", _("co-creation")
    FREE = "free", _("free theme")


class ClusterState(models.TextChoices):
    """Where a cluster stands."""

    PREPARING = "preparing", _("being prepared")
    OPEN = "open", _("open for organisations")
    RUNNING = "running", _("under way")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")

    @property
    def colour(self) -> str:
        """Give the kind of badge."""
        kinds = {"open": "busy", "running": "good", "stopped": "bad"}
        return kinds.get(self.value, "calm")


class SeatState(models.TextChoices):
    """Where a seat stands."""

    REQUESTED = "requested", _("requested")
    PROMISED = "promised", _("promised")
    CONFIRMED = "confirmed", _("paid and confirmed")
    TAKEN = "taken", _("taken")
    FINISHED = "finished", _("finished")
    LAPSED = "lapsed", _("lapsed")

    @property
    def colour(self) -> str:
        """Give the kind of badge."""
        kinds = {"requested": "warn", "promised": "busy", "confirmed": "busy", "lapsed": "bad"}
        return kinds.get(self.value, "good" if self.value == "taken" else "calm")


# A seat in one of these counts against the capacity; the first one is a wish only.
SOLD = (SeatState.PROMISED, SeatState.CONFIRMED, SeatState.TAKEN, SeatState.FINISHED)
# Who bought a seat that still holds, or held to the end, takes part in the cluster.
LIVE = (SeatState.REQUESTED, *SOLD)


class ProposalState(models.TextChoices):
    """Where a proposal for a cluster stands."""

    PROPOSED = "proposed", _("proposed")
    SEEKING = "seeking", _("looking for partners")
    FEASIBLE = "feasible", _("feasible")
    STARTED = "started", _("started")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def colour(self) -> str:
        """Give the kind of badge."""
        kinds = {"proposed": "warn", "seeking": "busy", "feasible": "busy", "withdrawn": "bad"}
        return kinds.get(self.value, "good")


class ReportKind(models.TextChoices):
    """What a participant tells about the own line."""

    PROGRESS = "progress", _("progress")
    PUBLICATION = "publication", _("published work")


class AfterKind(models.TextChoices):
    """What goes on after a cluster has finished."""

    NETWORK = "network", _("the network meets")
    FOLLOW_UP = "follow_up", _("follow-up study or project")
    PRACTICE = "practice", _("put to work in practice")
    TEACHING = "teaching", _("taken up in teaching")


class YieldKind(models.TextChoices):
    """What a cluster brings: seven kinds for the organisation, six for the student."""

    AFFORDABLE = "o_affordable", _("affordable research")
    NETWORK = "o_network", _("a network between organisations")
    STATE_OF_THE_ART = "o_insights", _("state-of-the-art insights")
    ANCHORED = "o_anchored", _("anchored in science")
    CAPABLE = "o_capable", _("professionals who are able to act")
    ACROSS = "o_across", _("working together across borders")
    GENERIC = "o_generic", _("working from several logics")
    DEGREE = "s_degree", _("the degree of Master of Science")
    KNOWLEDGE = "s_knowledge", _("knowing and using social interventions")
    CURRENT = "s_current", _("state-of-the-art knowledge of the social domain")
    RESEARCH = "s_research", _("experience of starting, doing and judging research")
    METHODICAL = "s_methodical", _("own experience made into a method")
    PROFESSIONAL_NETWORK = "s_network", _("part of a professional network")

    @property
    def is_for_organisation(self) -> bool:
        """Tell for whom this is."""
        return self.value.startswith("o_")


FOR_ORGANISATION = tuple(kind for kind in YieldKind if kind.is_for_organisation)
FOR_STUDENT = tuple(kind for kind in YieldKind if not kind.is_for_organisation)
