"""Colours keep WCAG 2.2 AA by day and by night: 4.5:1 for text, 3:1 for the edges of controls and for drawings."""

import re

import pytest

from walkthrough_app.config import ROOT

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "brand", "wait", "good", "bad")
        for ground in ("paper", "canvas")
    ),
    *((name, f"{name}-soft") for name in ("brand", "wait", "good", "bad")),
    *(("ink", f"{name}-soft") for name in ("brand", "wait", "good", "bad")),
    ("on-fill", "brand-fill"),
    ("on-fill-2", "brand-fill"),
    ("on-fill", "bad-fill"),
    ("on-bar", "bar-do"),
    ("on-bar", "bar-wait"),
    ("ink-2", "brand-soft"),
]
CONTROLS = [("edge", "paper"), ("edge", "canvas"), ("bar-do", "paper"), ("bar-wait", "paper"), ("brand", "rest")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    assert contrast(scheme, ink, ground) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), CONTROLS)
def test_controls_and_drawings_can_be_made_out(scheme: str, edge: str, ground: str) -> None:
    assert contrast(scheme, edge, ground) >= 3


def test_night_changes_every_colour_that_is_not_the_same_by_day() -> None:
    assert set(palette("dark")) == set(palette("light"))


def contrast(scheme: str, one: str, other: str) -> float:
    colours = palette(scheme)
    dark, light = sorted(luminance(colours[name]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


def palette(scheme: str) -> dict[str, str]:
    day, night = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8").split("@media", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", day))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", night))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
