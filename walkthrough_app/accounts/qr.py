"""QR codes of links, for a page and for a terminal."""

import sys

import segno


def svg(link: str) -> str:
    """Return an inline SVG without style attributes, black on white also in the dark theme."""
    drawing: str = segno.make(link, micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")
    return drawing


def small_svg(link: str) -> str:
    """Return an inline SVG for a card: its size is the style sheet's business, its margin the card's."""
    drawing: str = segno.make(link, micro=False).svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return drawing


def print_on_terminal(link: str) -> None:
    segno.make(link, micro=False).terminal(out=sys.stdout, compact=True)
