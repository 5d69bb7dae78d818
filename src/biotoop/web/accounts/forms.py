"""What people type to prove who they are."""

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.enums import TokenScope
from biotoop.web.accounts.models import User

# Where readers of this site live: Europe, and the rest of the Kingdom and Suriname.
ELSEWHERE = ["America/Aruba", "America/Curacao", "America/Kralendijk", "America/Lower_Princes",
             "America/Paramaribo", "UTC"]  # fmt: skip
ZONES = [*sorted(z for z in zoneinfo.available_timezones() if z.startswith("Europe/")), *ELSEWHERE]


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six figures in your app, or one of your codes on paper."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *arguments: Any, only_app: bool = False, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        if only_app:
            self.fields["code"].help_text = _("The six figures that your app shows now.")
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


def password_field(label: Any, autocomplete: str) -> forms.CharField:  # noqa: ANN401 - a text that is translated later
    """Give a field for a password."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=256, strip=False, widget=widget)


class LongEnough(MinimumLengthValidator):
    """Django's rule; its Dutch sentence got lost on the way to 5.2."""

    def get_error_message(self) -> str:
        """Say how long a password must be."""
        words = gettext("This password is too short. Take at least %(least)d characters.")
        return words % {"least": self.min_length}


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address with which you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class NewPasswordForm(forms.Form):
    new = password_field(_("New password"), "new-password")
    again = password_field(_("New password, once more"), "new-password")

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        self.user = user
        self.fields["new"].help_text = _("Twelve characters or more; a short sentence is fine.")

    def clean_new(self) -> str:
        """Hold the password to the rules of the site."""
        password: str = self.cleaned_data["new"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        given = super().clean() or self.cleaned_data
        if "new" in given and "again" in given and given["new"] != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        return given


class ChangePasswordForm(NewPasswordForm):
    old = password_field(_("Password of now"), "current-password")
    field_order = ["old", "new", "again"]  # noqa: RUF012 - Django's own form


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # it is not generic at run time
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times are shown in this zone.")
    )

    class Meta:
        model = User
        fields: ClassVar = ["name", "language", "time_zone", "digest"]
        labels: ClassVar = {
            "name": _("Name"),
            "language": _("Language"),
            "digest": _("News by mail"),
        }
        widgets: ClassVar = {"language": forms.RadioSelect, "digest": forms.RadioSelect}

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        kept = [] if self.instance.time_zone in ZONES else [self.instance.time_zone]
        self.fields["time_zone"].choices = [(zone, zone) for zone in kept + ZONES]  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is the key for?"),
        max_length=100,
        help_text=_("For yourself: the name of the program, for instance."),
    )
    scope = forms.ChoiceField(
        label=_("What may the program do?"), choices=TokenScope.choices, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        coerce=int,
        choices=[(30, _("a month")), (90, _("three months")), (365, _("a year"))],
    )


class ProofForm(forms.Form):
    """Asks the password, of who has one."""

    password = password_field(_("Your password"), "current-password")

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*arguments, **options)
        if not user.has_usable_password():
            del self.fields["password"]


class EraseForm(ProofForm):
    sure = forms.BooleanField(label=_("I know that this cannot be undone"))


class NewAddressForm(ProofForm):
    email = forms.EmailField(
        label=_("Your new e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "password"]  # noqa: RUF012 - Django's own form
