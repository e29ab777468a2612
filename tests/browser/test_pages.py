"""Every page a person meets: nothing runs off the side at 320 px, nothing breaks the rules of access, light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.access import broken_in_any_light
from tests.browser.conftest import Site
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser


def test_pages_of_head_and_liaison_fit_and_are_accessible(site: Site) -> None:
    head = site.open("head")
    for address in [*walk_pages(head), "/tasks", "/plan", "/items", "/reports", "/me"]:
        inspect(head, address)
    liaison = site.open("liaison", desktop=True)
    for address in ("/plan", "/items", "/items/new", "/errands", "/reports", "/me"):
        inspect(liaison, address)


def test_pages_of_the_office_fit_and_are_accessible(site: Site) -> None:
    for who, pages in {
        "office": ("/board", "/board/problems", "/board/heat", "/campaigns", "/campaigns/new", "/inbox"),
        "style": ("/inbox", "/me"),
        "admin": ("/admin/units", "/admin/people", "/admin/people/new"),
    }.items():
        page = site.open(who, desktop=True)
        for address in pages:
            inspect(page, address)


def walk_pages(page: Page) -> Iterator[str]:
    """Begin a walk and name its pages."""
    walker = Walker(page)
    walker.task("新生儿国内出生户口登记")
    yield page.url
    walker.start()
    walk = page.url.rsplit("/", 1)[0]
    for screen in ("query", "prepare", "queue", "accept", "result", "review", "findings/new", "timing/query", "void"):
        yield f"{walk}/{screen}"


def inspect(page: Page, address: str) -> None:
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, f"{address} is {width} px wide at 320"
    page.set_viewport_size(size)
    assert not (found := broken_in_any_light(page)), f"{address}: {found}"
