"""Extension of WeasyPrint 70: spread a justified Chinese line between its characters, so the right edge is flush.

WeasyPrint itself stretches spaces only, and Chinese has none.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@cache
def install() -> None:
    """Replace WeasyPrint's justification for lines with Chinese; other lines are left to it."""
    from weasyprint.layout import inline

    original = inline.justify_line

    def justify_line(context: Any, line: Any, extra: float) -> None:
        texts = list(_texts(line))
        count = sum(len(box.text) for box in texts)
        if count < 2 or extra <= 0 or not any(IDEOGRAPH.search(box.text) for box in texts):
            original(context, line, extra)
            return
        left = line.position_x
        _spread(context, line, extra / (count - 1), 0)
        line.position_x = left

    inline.justify_line = justify_line


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
