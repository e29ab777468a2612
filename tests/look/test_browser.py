"""The preview in a real browser: readable by machines, in any light, at any size, with and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.look import preview

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
BIGGER = """px => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: ${px}px !important }`);
document.adoptedStyleSheets = [sheet] }"""
WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "names"), [(390, preview.PHONE_PAGES), (1280, preview.OFFICE_PAGES)])
def test_no_page_shuts_anybody_out(open_page: Open, scheme: str, width: int, names: tuple[str, ...]) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name in names:
        page.goto(f"/{name}")
        result = Axe().run(page)
        assert result.violations_count == 0, f"{name}\n{result.generate_report()}"


@pytest.mark.parametrize(("address", "nav", "heading"), [("/board", "nav.menu", "整改"), ("/tasks", "nav.dock", "")])
def test_the_navigation_opens_by_key_on_a_phone_and_shuts_nobody_out(
    open_page: Open, address: str, nav: str, heading: str
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto(address)
    menu = page.locator(nav)
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_text(heading or "更多", exact=bool(heading)).first).to_be_visible()
    expect(menu.get_by_role("link", name="我", exact=True)).to_be_in_viewport()
    expect(menu.locator("[aria-current=page]")).to_have_count(1)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("text", [18, 30])
def test_nothing_runs_out_of_a_narrow_screen(open_page: Open, text: int) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    for name in preview.PAGES:
        page.goto(f"/{name}")
        page.evaluate(BIGGER, text)
        wanted, there = page.evaluate(WIDTHS)
        assert wanted <= there, name


def test_a_bad_answer_offers_its_problem_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/step")
    expect(page.locator("#card-W-K1 .hint")).to_be_hidden()
    page.locator("#card-W-K1 .opt").nth(1).click()
    expect(page.locator("#card-W-K1 .hint")).to_be_visible()


def test_a_good_answer_takes_the_offer_back(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/step")
    expect(page.locator("#card-W-K3 .hint")).to_be_visible()
    page.locator("#card-W-K3 .opt").nth(0).click()
    expect(page.locator("#card-W-K3 .hint")).to_be_hidden()


def test_quick_values_are_there_only_where_they_work(open_page: Open) -> None:
    plain = open_page(java_script_enabled=False)
    plain.goto("/step")
    expect(plain.locator("#card-W-K4 .quick")).to_be_hidden()
    page = open_page()
    page.goto("/step")
    page.locator("#card-W-K4 .quick button").nth(2).click()
    page.locator("#card-W-K4 [data-by='1']").click()
    expect(page.locator("#q-W-K4")).to_have_value("3")


def test_a_form_is_sent_once(open_page: Open) -> None:
    page = open_page()
    page.goto("/plan")
    page.route("**/plan", lambda route: route.fulfill(status=204))  # nothing new to show: the page stays
    page.locator(".foot .primary").click()
    expect(page.locator(".foot .primary")).to_be_disabled()


def test_the_main_action_stays_at_the_thumb(open_page: Open) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/step")
    box = page.locator(".foot .primary").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740
    assert box["height"] >= 48


@pytest.fixture
def open_page(browser: Browser, site: str) -> Any:
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(base_url=site, **{"viewport": {"width": 390, "height": 844}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
