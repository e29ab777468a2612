"""Paragraphs that can be read back: each in a content control with its key, and in a bookmark as a second chance."""

from collections.abc import Sequence
from typing import Any

from walkthrough_app.documents.word import keys
from walkthrough_app.documents.word.xml import el, paragraph, run

LEAD = "Heading3Char"


def keyed(key: str, text: str, lead: str, number: int, *, keep: bool = False) -> Any:
    """Make the control of one paragraph; `lead` is its bold beginning, `number` that of its bookmark."""
    lines = keys.normal(text).split("\n")
    layout = [el("w:keepNext")] if keep else []
    made = [paragraph("Normal", *_head(lead, n), line, layout=layout) for n, line in enumerate(lines)]
    _enclose(made, keys.bookmark(key, text), number)
    return el("w:sdt", _properties(key, text), el("w:sdtContent", *made))


def _head(lead: str, n: int) -> list[Any]:
    return [run(lead, LEAD)] if lead and not n else []


def _properties(key: str, text: str) -> Any:
    return el(
        "w:sdtPr",
        el("w:alias", val="可以改的一段"),
        el("w:tag", val=key),
        el("w:id", val=keys.digest(key, text)),
        # A building block: anything may stand in it. A control without a kind is an input field to LibreOffice.
        el("w:docPartObj", el("w:docPartGallery", val="Custom 1")),
    )


def _enclose(paragraphs: Sequence[Any], name: str, number: int) -> None:
    paragraphs[0].insert(1, el("w:bookmarkStart", id=number, name=name))
    paragraphs[-1].append(el("w:bookmarkEnd", id=number))
