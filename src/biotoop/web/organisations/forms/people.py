"""Inviting, giving roles, leaving."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import attrs
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.forms.days import DayInput
from biotoop.web.shared.forms.records import RecordForm
from biotoop.web.shared.models.days import site_day

Choices = Sequence[tuple[str, Any]]


def where_of(value: str) -> Where:
    """Read a chosen place back."""
    kind, _colon, scope_id = value.partition(":")
    return Where(Kind(kind), UUID(scope_id) if scope_id else None)


def a_day(label: Any, **options: Any) -> forms.DateField:  # noqa: ANN401 - a text, and Django's options
    """Make a field for a date."""
    widget = DayInput()
    return forms.DateField(label=label, widget=widget, **options)


class RoleFields(forms.Form):
    """A role, where, and until when."""

    role = forms.ChoiceField(label=_("Role"))
    where = forms.ChoiceField(
        label=_("Where"),
        help_text=_("In the whole organisation, or only in one programme or study of it."),
    )
    ends_on = a_day(
        _("Role until"),
        required=False,
        help_text=_("That day included. For students: the last day of their studies."),
    )

    def __init__(self, *arguments: Any, roles: Choices, places: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.set_choices("role", [("", _("Choose a role")), *roles])
        self.set_choices("where", places)

    def set_choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    def clean_where(self) -> Where:
        return where_of(self.cleaned_data["where"])

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_ends_on(self) -> Any:  # noqa: ANN401 - a date or nothing
        last = self.cleaned_data["ends_on"]
        if last and last < site_day():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return last


class InvitationForm(RoleFields):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link works for this address only, for two weeks, and once."),
    )

    field_order = ("name", "email", "role", "where", "ends_on")


class GuestLinkForm(forms.Form):
    purpose = forms.CharField(
        label=_("For whom, and why"),
        max_length=200,
        help_text=_("So that your colleagues know later. The guest does not see it."),
    )
    where = forms.ChoiceField(label=_("What may the guest look at?"))
    until = a_day(_("Link works until"), help_text=_("That day included; at most a year from now."))

    def __init__(self, *arguments: Any, places: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        field = self.fields["where"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = places

    def clean_where(self) -> Where:
        return where_of(self.cleaned_data["where"])

    def clean_until(self) -> datetime:
        day, today = self.cleaned_data["until"], site_day()
        if not today <= day <= today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day between today and a year from now."))
        return make_aware(datetime.combine(day, time(23, 59, 59)))


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File with people"),
        help_text=_(
            "A spreadsheet (xlsx) or csv with the columns e-mail, name, role and, if you want,"
            " until. At most 500 people."
        ),
    )


class JoinForm(forms.Form):
    """A new account for who was invited."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=256,
        strip=False,
        help_text=_("At least 12 characters. A sentence is strong, and easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, email: str, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class MembershipForm(RecordForm):
    class Meta:
        model = Membership
        fields = ("job_title", "hours_a_year")


class RoleForm(RecordForm):
    class Meta:
        model = RoleGrant
        fields = ("ends_on",)


NOBODY = "nobody"


@attrs.frozen
class Duty:
    """A role that judges apart: it goes to who is named for it, or ends."""

    grant: UUID
    words: str
    heirs: Choices

    @property
    def field(self) -> str:
        """Give the name of the field that asks for it."""
        return f"duty-{self.grant}"

    def asked(self) -> forms.ChoiceField:
        """Give the field; there is no answer until somebody gives one."""
        choices = [("", _("Choose")), (NOBODY, _("Nobody: it ends")), *self.heirs]
        return forms.ChoiceField(
            label=_("Who takes over: %(duty)s?") % {"duty": self.words},
            choices=choices,
            help_text=_("Who does the research there is not in this list: nobody judges twice."),
        )


class LeavingForm(forms.Form):
    last_day = a_day(_("Last day"), help_text=_("That day included. After it nothing opens."))
    successor = forms.ChoiceField(
        label=_("Who takes over?"),
        required=False,
        help_text=_("This person gets the roles that you choose, and the work with them."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Which roles go along?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's signature
        people: Choices,
        roles: Choices,
        duties: Sequence[Duty],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        for duty in duties:
            self.fields[duty.field] = duty.asked()
        for name, choices in (
            ("successor", [("", _("Nobody")), *people]),
            ("roles", roles),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = choices
        if not roles:
            del self.fields["roles"]
        self.duties = duties

    def heirs(self) -> dict[UUID, str]:
        """Give for each role that judges apart who takes it over; empty is nobody."""
        chosen = {duty.grant: self.cleaned_data[duty.field] for duty in self.duties}
        return {grant: "" if heir == NOBODY else heir for grant, heir in chosen.items()}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("roles") and not values.get("successor"):
            self.add_error("successor", _("Choose who gets these roles, or choose no roles."))
        return values
