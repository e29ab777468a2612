"""Extension of WeasyPrint 70: a paragraph does not end on a line of one or two characters.

Its lines are broken a little wider or narrower than they will be set: wider takes the rest in and saves the line,
narrower sends company down. `justify` then sets every line as wide as it should be. Where neither helps, it stays.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from walkthrough_app.documents import justify, phrases

LEAST = 3.0  # characters that may stand alone on the last line, closing marks not counted
# By how many characters lines are broken wider (first) or narrower: they keep 28 characters, one more or one less.
TRIES = (0.5, 1.0, -0.5, -1.0)
NEAR = 0.05  # px


@cache
def install() -> None:
    """Break the lines of a paragraph as its last line needs it."""
    from weasyprint.layout import block

    original = block.iter_line_boxes

    def iter_line_boxes(context: Any, box: Any, *args: Any) -> Iterator[Any]:
        skip_stack, paragraph = args[2], args[3]
        if skip_stack is None and not hasattr(box, "lent"):
            box.lent = _lent(context, box, paragraph)
        return _broken(context, original(context, box, *args), paragraph, getattr(box, "lent", 0.0))

    block.iter_line_boxes = iter_line_boxes


def _broken(context: Any, lines: Iterator[Any], paragraph: Any, lent: float) -> Iterator[Any]:
    """Yield the lines, broken as if the paragraph were wider by `lent`."""
    while True:
        paragraph.width += lent
        try:
            found = next(lines, None)
        finally:
            paragraph.width -= lent
        if found is None:
            return
        if lent:
            _fit(context, found[0], found[1], paragraph.width, abs(lent))
        yield found


def _fit(context: Any, line: Any, resume_at: Any, width: float, most: float) -> None:
    """Set a line that fills the borrowed width to the last bit: WeasyPrint takes it for one that needs nothing."""
    is_full = abs(line.width - width) <= most + NEAR if resume_at else line.width > width + NEAR
    if is_full and not justify.is_set(line):
        justify.fit(context, line, width)


def _lent(context: Any, box: Any, paragraph: Any) -> float:
    """Return by how much wider the lines of a paragraph are to be broken; nearly always 0."""
    from weasyprint.layout.percent import resolve_one_percentage

    words = justify.words(box)
    size: float = box.style["font_size"]
    if box.style["text_align_all"] != "justify" or context.excluded_shapes or not justify.is_chinese(words):
        return 0.0
    resolve_one_percentage(box, "text_indent", paragraph.width)
    indented = "\u3000" * round(box.text_indent / size) + words
    tries = (0.0, *(share * size for share in TRIES))
    return next((lent for lent in tries if _ends_well(context, indented, box.style, paragraph.width + lent)), 0.0)


def _ends_well(context: Any, text: str, style: Any, width: float) -> bool:
    last = _last_line(context, text, style, width)
    return last is None or _set_width(last) >= LEAST


def _last_line(context: Any, text: str, style: Any, width: float) -> str | None:
    """Return the last line of a text, None when it is the only one."""
    from weasyprint.text.line_break import create_layout

    starts = list(_starts(create_layout(text, style, context, width, 0)))
    return text.encode()[starts[-1] :].decode() if len(starts) > 1 else None


def _starts(layout: Any) -> Iterator[int]:
    """Yield the byte at which each line begins."""
    from weasyprint.text.ffi import ffi, pango

    for number in count():
        line = pango.pango_layout_get_line_readonly(layout.layout, number)
        if line == ffi.NULL:
            return
        yield line.start_index


def _set_width(line: str) -> float:
    """Return how many characters wide a last line is without the marks that close it."""
    bare = line.rstrip()
    while bare and unicodedata.category(bare[-1]) in {"Po", "Pe", "Pf"}:
        bare = bare[:-1]
    return phrases.width(bare)
