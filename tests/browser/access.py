"""The rules of access, asked of the page that is shown."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
# A theme changes colours and nothing else: what another one looks like is asked of the rules about colours alone.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# What is in order need not be told of.
RUN = "rules => axe.run({ ...rules, resultTypes: ['violations'] }).then(({ violations }) => ({ violations }))"


def broken_in_any_light(page: Page, rules: dict[str, Any] = RULES) -> str:
    """Hold the page to all rules in the light, and to those about colours in the dark."""
    page.emulate_media(color_scheme="light")
    found = broken_rules(page, rules)
    page.emulate_media(color_scheme="dark")
    return found or broken_rules(page, COLOURS)


def broken_rules(page: Page, rules: dict[str, Any] = RULES) -> str:
    """Return what is wrong and where, "" when nothing is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(RUN, rules))
    return str(found.generate_report()) if found.violations_count else ""
