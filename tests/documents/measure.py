"""Reading a page with a ruler: lengths in mm from the upper left corner."""

from typing import Any

MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
LINE = 225 / 22
BODY = 156 / 28 / MM


def text_of(page: Any) -> str:
    return "".join(char["text"] for char in page.chars)


def body_lines(page: Any) -> list[list[Any]]:
    """Return the lines of body type on a page, each as its characters from left to right."""
    found: dict[float, list[Any]] = {}
    for char in page.chars:
        if abs(char["size"] - BODY) < 0.1 and TOP < char["top"] * MM < BOTTOM:
            found.setdefault(round(char["matrix"][5], 0), []).append(char)
    return [sorted(line, key=lambda char: char["x0"]) for _, line in sorted(found.items(), reverse=True)]


def find(page: Any, text: str) -> list[Any]:
    """Return the characters of the first place where `text` stands on the page."""
    start = text_of(page).index(text)
    return page.chars[start : start + len(text)]


def page_with(pages: list[Any], text: str) -> Any:
    return next(page for page in pages if text in text_of(page))
