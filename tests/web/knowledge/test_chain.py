"""The chain from a question by its product to a module, on the page of each; and reports of use."""

import pytest
from django.urls import reverse

from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.enums import Act
from biotoop.web.knowledge.models import Product, Source, UseReport
from biotoop.web.questions.actions.links import secret_for
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Desk, Question
from biotoop.web.shared.enums import Role
from web.knowledge.conftest import drafted, released
from web.organisations.conftest import member
from web.signing import signed_in

pytestmark = pytest.mark.django_db
ASKED = "Helpt samen eten tegen eenzaamheid?"


@pytest.fixture
def question(home) -> Question:
    desk = Desk.objects.create(organisation=home, name_nl="Loket", slug="loket")
    return Question.objects.create(
        desk=desk, text=ASKED, asker_kind="resident", state=QuestionState.COPRODUCTION
    )


def module_on(report: Product, maker, home) -> Product:
    """Publish a module that builds on a product."""
    made = drafted(home, maker, kind="module", title="Les over samen eten")
    Source.objects.create(product=made, source=report)
    for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
        made = take_step(made, act, "", by=by, seen=made.edition)
    return made


def test_question_product_and_module_each_show_the_whole_chain(
    client, home, maker, decider, question
):
    report = released(home, maker, question=question.pk, question_text=ASKED)
    module = module_on(report, maker, home)
    secret = client.get(reverse("questions:follow", args=[secret_for("follow", question.pk)]))
    pages = {
        "who asked": secret.content.decode(),
        "the question": signed_in(decider).get(question.get_absolute_url()).content.decode(),
        "the product": client.get(report.get_public_url()).content.decode(),
        "the module": client.get(module.get_public_url()).content.decode(),
    }
    for where, text in pages.items():
        assert text.index(ASKED) < text.rindex(report.title), where
        assert module.title in text, where
        for one in (report, module):
            is_here = (where, one) in {("the product", report), ("the module", module)}
            assert is_here or f'href="{one.get_public_url()}"' in text, where


def test_the_question_shows_nothing_of_what_was_not_published_or_was_withdrawn(
    decider, home, maker, question
):
    browser = signed_in(decider)
    draft = drafted(home, maker, question=question.pk, title="Nog niet klaar")
    report = released(home, maker, question=question.pk)
    later = drafted(home, maker, kind="module", title="Les in de maak")
    Source.objects.create(product=later, source=report)
    text = browser.get(question.get_absolute_url()).content.decode()
    assert report.title in text
    assert draft.title not in text
    assert later.title not in text

    take_step(report, Act.WITHDRAW, "Fout", by=decider.pk, seen=report.edition)
    assert report.title not in browser.get(question.get_absolute_url()).content.decode()


def test_a_source_counts_only_when_the_published_version_names_it(client, home, maker):
    report = released(home, maker)
    other = released(home, maker, title="Iets anders")
    module = module_on(other, maker, home)
    take_step(module, Act.REVISE, "", by=maker.pk, seen=module.edition)
    Source.objects.create(product=module, source=report)

    assert module.title not in client.get(report.get_public_url()).content.decode()
    assert module.title in client.get(other.get_public_url()).content.decode()


def test_a_product_is_begun_from_the_page_of_the_question(home, question):
    desk = member(home, "Noor", Role.PROGRAMME_OWNER, Role.LAB_RESEARCHER)
    browser = signed_in(desk)
    address = f"{reverse('knowledge:make')}?vraag={question.pk}"
    assert address in browser.get(question.get_absolute_url()).content.decode()
    assert ASKED in browser.get(address).content.decode()
    fields = {"kind": "report", "title": "Verslag", "question_text": ASKED}
    browser.post(address, fields | {"place": f"organisation:{home.pk}"})

    assert Product.objects.get().question == question.pk


def test_who_may_not_see_a_question_makes_no_product_of_it(elsewhere, question):
    browser = signed_in(member(elsewhere, "Vera", Role.PROFESSIONAL))
    address = f"{reverse('knowledge:make')}?vraag={question.pk}"
    assert ASKED not in browser.get(address).content.decode()
    fields = {"kind": "report", "title": "V", "place": f"organisation:{elsewhere.pk}"}
    browser.post(address, fields)

    assert Product.objects.get().question is None


def test_what_was_told_about_use_is_taken_back_by_who_told_it_alone(
    client, decider, maker, elsewhere, public
):
    user = member(elsewhere, "Vera", Role.PROFESSIONAL)
    told = UseReport.objects.create(
        product=public, user=user, who="Team Zuid", used_for="Een avond", is_shown=True,
        used_on="2026-03-01",
    )  # fmt: skip
    address = reverse("knowledge:take_back_use", args=[told.pk])
    assert address in signed_in(user).get(public.get_public_url()).content.decode()
    for other in (decider, maker):
        assert address not in signed_in(other).get(public.get_public_url()).content.decode()
        assert signed_in(other).post(address).status_code == 403
    assert client.post(address).status_code in (302, 403)
    assert "Team Zuid" in client.get(public.get_public_url()).content.decode()
    assert signed_in(user).get(address).status_code == 200
    assert signed_in(user).post(address).status_code == 302

    told.refresh_from_db()
    assert (told.who, told.used_for, told.is_shown, told.is_archived) == ("…", "…", False, True)
    for reader in (client, signed_in(decider)):
        for page in (public.get_public_url(), public.get_absolute_url()):
            assert "Team Zuid" not in reader.get(page).content.decode()
    assert signed_in(user).post(address).status_code == 404
