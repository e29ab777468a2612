"""The walk page in the hand: each screen and each sheet is accessible, fits a small phone, and takes thumb and keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import broken_in_any_light
from tests.browser.camera import snapshot
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
SCREENS = ("query", "prepare", "queue", "accept", "result")
SHEETS = ("note", "finding", "capture", "storage", "review", "photo", "timing")
OPEN = """([name, args]) => {
  history.pushState({ depth: 1, args, key: Date.now(), screen: "query" }, "", `#${name}`);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input, label:has(input)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip, p a, label input, .mark"))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 1 && (width < 44 || height < 44))
  .map(([text, { width, height }]) => `${Math.round(width)}×${Math.round(height)} ${text}`)"""
CUT_OFF = """() => [...document.querySelectorAll("button, h1, h2, summary, label, p")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".sr, .rail"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_every_screen_and_sheet_breaks_no_rule_of_access(phone: Phone) -> None:
    for name in places(phone):
        assert not (found := broken_in_any_light(phone.page, RULES)), f"{name}: {found}"


def test_every_target_takes_a_thumb(phone: Phone) -> None:
    assert {name: found for name in places(phone) if (found := phone.page.evaluate(SMALL_TARGETS))} == {}


@pytest.mark.parametrize(("width", "font"), [(320, 16), (360, 30)], ids=["a small phone", "the largest letters"])
def test_nothing_runs_off_the_side(phone: Phone, width: int, font: int) -> None:
    page = phone.page
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate(f"document.documentElement.style.fontSize = '{font}px'")
    for name in places(phone):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(CUT_OFF) == [], name


def test_what_stands_last_can_be_scrolled_above_the_buttons(phone: Phone) -> None:
    for name in places(phone):
        room = phone.page.evaluate(
            """() => {
              scrollTo(0, document.body.scrollHeight);
              const shown = (one) => one.checkVisibility();
              const foot = [...document.querySelectorAll(".foot")].find(shown);
              const last = [...document.querySelectorAll("main *")].filter(shown).map((one) => one.getBoundingClientRect().bottom);
              return foot ? foot.getBoundingClientRect().top - Math.max(...last) : 0;
            }"""
        )
        assert room >= 0, f"{name}: {-room} px lie under the buttons"


def test_the_keyboard_goes_into_a_sheet_and_comes_back(phone: Phone) -> None:
    page = phone.page
    opener = page.locator("body > .foot [value=note]")
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("[data-sheet=note]")
    expect(sheet).to_be_visible()
    assert has_focus(page, "[data-sheet=note]")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert not has_focus(page, "#main"), "what lies under the sheet takes no focus"
        assert not has_focus(page, "body > .foot")
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def places(phone: Phone) -> Iterator[str]:
    """Show one screen after the other, then each sheet with something in it."""
    page = phone.page
    for screen in SCREENS:
        page.locator(f".rail a[href='#{screen}']").click()
        expect(page.locator(f".screen[data-screen={screen}]")).to_be_visible()
        yield screen
    phone.whole()
    if not page.locator(".shot").count():
        phone.take(snapshot(7))
        expect(page.locator(".screen:not([hidden]) .shot")).to_be_visible()
    photo = next(row["id"] for row in phone.rows("media")["media"])
    arguments = {"photo": {"photo": photo}, "timing": {"step": "query"}}
    for sheet in SHEETS:
        page.evaluate(OPEN, [sheet, arguments.get(sheet, {})])
        expect(page.locator(f"[data-sheet={sheet}]")).to_be_visible()
        yield sheet
    page.evaluate(OPEN, ["query", {}])
    expect(page.locator(".screen[data-screen=query]")).to_be_visible()


def has_focus(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).evaluate("(one) => one.contains(document.activeElement)"))
