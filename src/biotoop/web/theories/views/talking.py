"""Remarks on a theory, and the policy goals that its nodes serve."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may_make, visible
from biotoop.web.theories.actions import talking
from biotoop.web.theories.bridge.documents import text_of
from biotoop.web.theories.forms import CommentForm, reader_language
from biotoop.web.theories.models import Comment, GoalLink, Node, Theory
from biotoop.web.theories.queries import comments_on, goals_of
from biotoop.web.theories.views.opening import around, opened, writer


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show the remarks, and make one."""
    theory = opened(request, pk, Verb.CHANGE)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        return made(request, theory, form)
    context = around(request, theory, verbs=[Verb.CHANGE])
    names = names_of(theory)
    rows = comments_on(theory)
    told = [(row, names.get(row.target, "") if row.target else "") for row in rows]
    remarks = {
        "open": [pair for pair in told if pair[0].resolved_at is None],
        "done": [pair for pair in told if pair[0].resolved_at is not None],
    }
    status = 422 if form.errors else 200
    more = {"form": form, "remarks": remarks, "parts": names.items()}
    return render(request, "theories/comments.html", context | more, status=status)


def made(request: ReaderRequest, theory: Theory, form: CommentForm) -> HttpResponse:
    """Store a remark or an answer, and go back to where it was written."""
    if not may_make(request.reader, Comment, Kind.THEORY, theory.pk):
        raise Http404
    target = identity(request.POST.get("over", ""))
    if target is not None and target not in names_of(theory):
        raise Http404
    answered = identity(request.POST.get("antwoord", ""))
    answers = get_object_or_404(theory.comments, pk=answered, answers=None) if answered else None
    text = form.cleaned_data["text"]
    talking.comment(theory, text, by=writer(request), target=target, answers=answers)
    messages.success(request, _("Your remark is there."))
    return redirect(way_back(request, theory))


@require_POST
def resolve(request: ReaderRequest, pk: UUID, comment: UUID) -> HttpResponse:
    """Say that a remark is dealt with, or open it again."""
    theory = opened(request, pk, Verb.CHANGE)
    row = found(request.reader, Comment, comment, Verb.CHANGE)
    if row.theory_id != theory.pk:
        raise Http404
    talking.resolve(row, by=writer(request), done=row.resolved_at is None)
    return redirect(way_back(request, theory))


@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say which policy goals the nodes serve."""
    theory = opened(request, pk, Verb.CHANGE)
    choices = visible(request.reader, PolicyGoal).select_related("organisation")
    if request.method == "POST":
        node = get_object_or_404(Node, theory=theory, pk=identity(request.POST.get("knoop", "")))
        goal = get_object_or_404(choices, pk=identity(request.POST.get("doel", "")))
        because = request.POST.get("omdat", "")[:300]
        talking.serve_goal(theory, node, goal, because, by=writer(request))
        messages.success(request, _("Saved."))
        return redirect("theories:goals", pk)
    context = around(request, theory, (request.path, _("Policy goals")), verbs=[Verb.CHANGE])
    linked = goals_of(theory)
    names = names_of(theory)
    rows = [(names.get(node), rows) for node, rows in linked.items() if node in names]
    nodes = [
        (item["id"], names[UUID(item["id"])]) for item in theory.draft.content.get("nodes", ())
    ]
    more = {"linked": rows, "nodes": nodes, "choices": choices}
    return render(request, "theories/goals.html", context | more)


@require_POST
def leave_goal(request: ReaderRequest, pk: UUID, goal_link: UUID) -> HttpResponse:
    """Say that a node does not serve a goal after all."""
    theory = opened(request, pk, Verb.CHANGE)
    row = get_object_or_404(GoalLink, pk=goal_link, node__theory=theory)
    talking.leave_goal(theory, row, by=writer(request))
    return redirect("theories:goals", pk)


def names_of(theory: Theory) -> dict[UUID, str]:
    """Give nodes and steps of the draft in words, by identity."""
    language = reader_language()
    content = theory.draft.content
    nodes = {
        UUID(item["id"]): f"{item['code']} {text_of(item['label'], language)}"
        for item in content.get("nodes", ())
    }
    links = {
        UUID(item["id"]): f"{item['code']} {text_of(item['then'], language)}"
        for item in content.get("links", ())
    }
    return {**nodes, **links}


def identity(text: str) -> UUID | None:
    """Read an identity; nothing is none, and anything else does not exist."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def way_back(request: HttpRequest, theory: Theory) -> str:
    """Give the page where a remark was written."""
    wanted = request.POST.get("terug", "")
    if url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    return f"{theory.get_absolute_url()}opmerkingen/"
