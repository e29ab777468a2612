"""Extension of WeasyPrint 70: spread a justified Chinese line between its characters, so the right edge is flush.

WeasyPrint itself stretches spaces only, and Chinese has none. A line that lacks too much stays ragged.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

WIDEST_GAP = 0.25  # of the type size: what stands before a long word is not torn apart
WIDEST_SPACE = 1.0


@cache
def install() -> None:
    """Replace WeasyPrint's justification for lines with Chinese; other lines that lack little are left to it."""
    from weasyprint.layout import inline

    original = inline.justify_line

    def justify_line(context: Any, line: Any, extra: float) -> None:
        words = "".join(box.text for box in _texts(line))
        is_chinese = len(words) > 1 and IDEOGRAPH.search(words) is not None
        if extra > _most(words, is_chinese=is_chinese) * line.style["font_size"]:
            return
        if not is_chinese or extra <= 0:
            original(context, line, extra)
            return
        left = line.position_x
        _spread(context, line, extra / (len(words) - 1), 0)
        line.position_x = left

    inline.justify_line = justify_line


def _most(words: str, *, is_chinese: bool) -> float:
    """Return by how many times the type size a line may be stretched."""
    return (len(words) - 1) * WIDEST_GAP if is_chinese else words.count(" ") * WIDEST_SPACE


def _texts(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox

    for child in box.children:
        if isinstance(child, TextBox):
            yield child
        elif isinstance(child, InlineBox):
            yield from _texts(child)


def _spread(context: Any, box: Any, gap: float, shift: float) -> float:
    """Move what stands on a line to the right and widen it; return how far the next thing must move."""
    from weasyprint.formatting_structure.boxes import InlineBox, TextBox

    box.position_x += shift
    for child in box.children:
        if isinstance(child, TextBox):
            child.position_x += shift
            shift += _widen(context, child, gap)
        elif isinstance(child, InlineBox):
            moved = _spread(context, child, gap, shift)
            child.width += moved - shift
            shift = moved
        elif child.is_in_normal_flow():
            child.translate(shift, 0)
    return shift


def _widen(context: Any, box: Any, gap: float) -> float:
    """Set a text box again with more space between its characters; return how much wider it is."""
    from weasyprint.text.line_break import create_layout

    style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
    box.style = style
    box.pango_layout = create_layout(box.text, style, context, max_width=None, justification_spacing=0)
    box.pango_layout.deactivate()
    extra = gap * len(box.text)
    box.width += extra
    return extra
