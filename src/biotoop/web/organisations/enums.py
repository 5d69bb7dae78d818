"""The words that the tables of organisations use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is in the social domain."""

    SOCIAL_WORK = "social_work", _("social work organisation")
    MUNICIPALITY = "municipality", _("municipality")
    GOVERNMENT = "government", _("ministry or province")
    UNIVERSITY = "university", _("university")
    APPLIED_SCIENCES = "applied_sciences", _("university of applied sciences")
    KNOWLEDGE_CENTRE = "knowledge_centre", _("knowledge centre")
    CONSULTANCY = "consultancy", _("consultancy")
    YOUTH_CARE = "youth_care", _("youth care organisation")
    CARE = "care", _("care organisation")
    HEALTH_INSURER = "health_insurer", _("health insurer")
    SECTOR_ASSOCIATION = "sector_association", _("sector association")
    RESIDENTS = "residents", _("organisation of residents")
    OTHER = "other", _("other organisation")


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")
