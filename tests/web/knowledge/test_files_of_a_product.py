"""The files of a product change while it is written, and not after somebody read them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.enums import Act, ProductState
from biotoop.web.knowledge.models import Product
from biotoop.web.shared.actions import files
from biotoop.web.shared.models import AuditEntry, StoredFile
from biotoop.web.shared.queries import files_of
from web.knowledge.conftest import drafted
from web.signing import signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
STILL = {
    ProductState.REVIEW: [Act.OFFER],
    ProductState.PUBLISHED: [Act.OFFER, Act.PUBLISH],
    ProductState.WITHDRAWN: [Act.OFFER, Act.PUBLISH, Act.WITHDRAW],
}
OPEN = [ProductState.IDEA, ProductState.DRAFT]


@pytest.fixture
def written(home, maker, settings, tmp_path) -> tuple[Product, StoredFile, StoredFile]:
    """Give a product with one file, and one that was put away."""
    settings.MEDIA_ROOT = tmp_path
    product = drafted(home, maker)
    here, away = (
        files.keep(product, SimpleUploadedFile(name, PDF), actor=maker.pk)
        for name in ("here.pdf", "away.pdf")
    )
    files.remove(away, actor=maker.pk)
    return product, here, away


def change(browser, door: str, written) -> str:
    """Change the files through one of the doors; give what the page says then."""
    product, here, away = written
    args = {
        "add_file": ["knowledge.Product", product.pk],
        "remove_file": [here.pk],
        "restore_file": [away.pk],
    }[door]
    given = {"file": SimpleUploadedFile("new.pdf", PDF), "next": product.get_absolute_url()}
    return browser.post(reverse(f"shared:{door}", args=args), given, follow=True).content.decode()


def names(product: Product) -> set[str]:
    return {file.name for file in files_of(product)}


AFTER = {
    "add_file": {"here.pdf", "new.pdf"},
    "remove_file": set(),
    "restore_file": {"here.pdf", "away.pdf"},
}


@pytest.mark.parametrize("door", AFTER)
@pytest.mark.parametrize("state", OPEN)
def test_files_change_while_the_product_is_written(maker, written, state, door):
    Product.objects.filter(pk=written[0].pk).update(state=state)
    change(signed_in(maker), door, written)

    assert names(written[0]) == AFTER[door]


@pytest.mark.parametrize("door", AFTER)
@pytest.mark.parametrize("state", STILL)
def test_files_stand_still_once_the_product_is_read(maker, decider, written, state, door):
    product = written[0]
    for act in STILL[state]:
        by = maker.pk if act == Act.OFFER else decider.pk
        product = take_step(product, act, "Daarom.", by=by, seen=product.edition)
    noted = AuditEntry.objects.count()
    said = change(signed_in(maker), door, written)

    assert names(written[0]) == {"here.pdf"}
    assert "Het kan nu niet veranderen." in said
    assert AuditEntry.objects.count() == noted


def test_what_is_published_is_what_was_read(maker, decider, written):
    product = take_step(written[0], Act.OFFER, "", by=maker.pk, seen=written[0].edition)
    change(signed_in(maker), "add_file", written)
    product.refresh_from_db()
    product = take_step(product, Act.PUBLISH, "", by=decider.pk, seen=product.edition)

    assert [file["name"] for file in product.latest.content["files"]] == ["here.pdf"]
    assert names(product.latest) == {"here.pdf"}
