"""Themes, clusters and what a cluster has."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ClusterState
from biotoop.web.clusters.models import Aspect, Cluster, Theme
from biotoop.web.organisations.models import Membership
from biotoop.web.shared.forms.days import DayInput
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.theories.forms.steps import name_with_theory

Choices = Mapping[str, QuerySet[Any]]


def people(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Bring along what a choice of people shows."""
    return rows.select_related("user", "organisation").order_by("user__name", "pk")


def narrow(form: forms.BaseForm, choices: Choices) -> None:
    """Let each choice be among the given rows; one that has none to choose from goes."""
    for name, rows in choices.items():
        field = form.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


class ChoosingForm(RecordForm):
    """A form about a record, in which rows are chosen among those that may be."""

    def __init__(self, *arguments: Any, choices: Choices | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices or {})


class ThemeForm(ChoosingForm):
    class Meta:
        model = Theme
        fields = (
            "organisation", "name_nl", "name_en", "kind", "description_nl", "description_en",
            "position",
        )  # fmt: skip


class ClusterForm(ChoosingForm):
    class Meta:
        model = Cluster
        fields = (
            "organisation", "theme", "name_nl", "name_en", "question", "partnership",
            "starts_on", "ends_on", "capacity", "is_public",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 - Django's own form
            "question": _("One question that no organisation can answer alone."),
            "capacity": _("Five is usual: five organisations, each with one employee."),
            "ends_on": _("The research and the master last two years."),
            "is_public": _("Then the page about this cluster opens without an account."),
        }


class AspectForm(ChoosingForm):
    class Meta:
        model = Aspect
        fields = ("name_nl", "name_en", "position", "step")
        help_texts = {  # noqa: RUF012 - as above
            "name_nl": _("A part of the question that somebody can take as an own line."),
            "step": _("Then the learning agenda leads from this step to the seats here."),
        }

    def __init__(self, *arguments: Any, choices: Choices | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, choices=choices, **options)
        step = self.fields["step"]
        name_with_theory(step)
        # A step that the reader may not see stays as it is: a blank choice would drop it.
        chosen = self.instance.step_id
        if chosen and not step.queryset.filter(pk=chosen).exists():  # type: ignore[attr-defined]
            del self.fields["step"]


class AdoptForm(forms.Form):
    professor = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Professor"), empty_label=None
    )
    on = forms.DateField(label=_("From"), widget=DayInput())
    reason = forms.CharField(
        label=_("Why it is handed over"),
        help_text=_(
            "Needed when another professor leads the cluster now. Read by who arranges the cluster "
            "and by who leads it. Write nothing about health or private life."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, choices: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, choices)


# Who reads the reason of a step stands at the field itself.
ABOUT_CLUSTER = _(
    "Read by who arranges the cluster and by who leads it. "
    "Write nothing about health or private life."
)
ABOUT_SEAT = _(
    "Read by who offers the cluster, by who asks for seats in the organisation, and by the "
    "employee on the seat. Write nothing about health or private life."
)
ABOUT_PROPOSAL = _("Read by the organisation that proposes and by who offers the master.")


class StepForm(forms.Form):
    """What is asked with a step: the day, and the reason."""

    on = forms.DateField(label=_("On"), widget=DayInput())
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        asks_reason: bool = False,
        read_by: str | Promise = "",
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].help_text = str(read_by)
        self.fields["reason"].required = asks_reason
        if not asks_reason:
            self.fields["reason"].label = _("Note")


class ClusterFilter(forms.Form):
    zoek = forms.CharField(label=_("Name or question"), required=False, max_length=100)
    thema = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *ClusterState.choices]
    )

    def __init__(self, *arguments: Any, themes: QuerySet[Theme], **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        narrow(self, {"thema": themes})


def only(model: type[Model], pk: object) -> QuerySet[Any]:
    """Give one row as a choice."""
    return model._default_manager.filter(pk=pk)
