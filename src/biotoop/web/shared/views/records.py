"""Pages that every kind of record has: a form, and a question before something grave."""

from collections.abc import Callable
from typing import Any

import attrs
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.rules import ReaderRequest

Trail = list[tuple[str, str]]


@attrs.frozen(kw_only=True)
class Words:
    """What a page says: its title, what the button does, and what comes first."""

    title: str
    button: str
    lead: str = ""
    is_grave: bool = False


def form_page(
    request: ReaderRequest,
    form: forms.BaseForm,
    save: Callable[[dict[str, Any], int], str],
    *,
    words: Words,
    trail: Trail,
) -> HttpResponse:
    """Show a form; when it is right, save its values on the edition that the reader saw.

    ``save`` gives the address to go to.
    """
    clash: Stale | None = None
    if request.method == "POST" and form.is_valid():
        try:
            values = dict(form.cleaned_data)
            return redirect(save(values, values.pop("edition", 1)))
        except Stale as stale:
            clash = stale
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as wrong:
            add_faults(form, wrong)
    context = {"form": form, "words": words, "trail": with_end(trail, words.title)}
    if clash is not None:
        context |= {"clash": told_apart(form, clash), "edition": clash.record.edition}
    status = 409 if clash else 422 if form.is_bound else 200
    return render(request, "shared/edit.html", context, status=status)


def add_faults(form: forms.BaseForm, wrong: ValidationError) -> None:
    """Show the faults that the record itself found, each at its field where there is one."""
    faults = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    for name, texts in faults.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def told_apart(form: forms.BaseForm, clash: Stale) -> list[tuple[str, Any, Any]]:
    """Give for each differing field its label, what stands there now, and what was to come."""
    rows = []
    for name, (there, mine) in clash.differing.items():
        label = str(form.fields[name].label) if name in form.fields else name
        rows.append((label, there, mine))
    return rows


def with_end(trail: Trail, title: str) -> Trail:
    """Add where the reader is."""
    return [*trail, ("", title)]


def ask_first(
    request: ReaderRequest,
    act: Callable[[], str],
    *,
    words: Words,
    trail: Trail,
) -> HttpResponse:
    """Ask before doing something; only the button does it."""
    refusal = ""
    if request.method == "POST":
        try:
            return redirect(act())
        except Refused as refused:
            refusal = str(refused)
    context = {"words": words, "trail": with_end(trail, words.title), "refusal": refusal}
    return render(request, "shared/ask.html", context, status=422 if refusal else 200)


def said(request: ReaderRequest, text: str, undo: str = "") -> None:
    """Say on the next page that something was done, with a button that undoes it."""
    messages.success(request, text, extra_tags=undo)
