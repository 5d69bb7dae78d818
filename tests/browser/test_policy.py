"""The browser refuses what the policy forbids, and htmx and charts work under it."""

from playwright.sync_api import expect


def test_htmx_fetches_a_part_and_a_chart_is_drawn_under_the_policy(open_page):
    page = open_page("/probe/")
    page.get_by_role("button", name="Haal op").click()

    expect(page.locator("#part")).to_have_text("opgehaald")
    assert page.evaluate("document.querySelector('figure img').naturalWidth > 0")
    assert page.evaluate("document.querySelector('#inline svg').getBoundingClientRect().width > 0")


def test_what_is_slipped_into_a_page_does_nothing(open_page):
    page = open_page("/probe/?attack")
    page.wait_for_timeout(300)

    refused = " ".join(open_page.objections)
    open_page.objections.clear()
    assert page.title().startswith("Proef")
    assert (
        page.evaluate("getComputedStyle(document.getElementById('styled')).color")
        != "rgb(255, 0, 0)"
    )
    for kind in ("script", "style", "frame"):
        assert kind in refused.lower()


def test_scripts_of_a_page_cannot_be_made_from_text(open_page):
    page = open_page("/probe/")
    made = page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.made = 1';"
        "document.body.append(s); return window.made ?? 'refused' }"
    )
    open_page.objections.clear()

    assert made == "refused"


def test_no_other_site_can_frame_a_page(open_page, server):
    page = open_page("/probe/")
    answer = page.request.get(server.address + "/")

    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
