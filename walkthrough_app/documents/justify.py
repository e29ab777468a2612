"""Extension of WeasyPrint 70: spread a justified Chinese line between its characters, so the right edge is flush.

WeasyPrint itself stretches spaces only, and Chinese has none. A line that lacks too much stays ragged.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
# Scripts whose letters join or stack: Arabic (Uyghur, Kazakh), Mongolian, Tibetan and their like.
JOINED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufeff]")

WIDEST_GAP = 0.25  # of the type size: what stands before a long word is not torn apart
WIDEST_SPACE = 1.0


@cache
def install() -> None:
    """Replace WeasyPrint's justification for lines with Chinese; other lines that lack little are left to it."""
    from weasyprint.layout import inline

    original = inline.justify_line

    def justify_line(context: Any, line: Any, extra: float) -> None:
        text = words(line)
        chinese = is_chinese(text)
        extra -= getattr(line, "lent", 0.0)  # broken wider or narrower than it is set: see lastline.py
        if extra > _most(text, chinese=chinese) * line.style["font_size"]:
            return
        if chinese:
            _set(context, line, extra / (len(text) - 1))
        elif extra > 0:
            original(context, line, extra)

    inline.justify_line = justify_line


def words(line: Any) -> str:
    return "".join(box.text for box in _texts(line))


def is_chinese(text: str) -> bool:
    """Tell whether space may be put between the characters of a line; joined letters would be torn apart."""
    return len(text) > 1 and IDEOGRAPH.search(text) is not None and JOINED.search(text) is None


def is_set(line: Any) -> bool:
    """Tell whether a line was already spread or tightened."""
    return getattr(line, "spread", False)


def fit(context: Any, line: Any, width: float) -> None:
    """Set a line that is a little too long or too short as wide as it should be."""
    _set(context, line, (width - line.width) / (len(words(line)) - 1))


def _set(context: Any, line: Any, gap: float) -> None:
    left = line.position_x
    _spread(context, line, gap, 0)
    line.position_x = left
    line.spread = True


def _most(text: str, *, chinese: bool) -> float:
    """Return by how many times the type size a line may be stretched."""
    return (len(text) - 1) * WIDEST_GAP if chinese else text.count(" ") * WIDEST_SPACE


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
