"""Extension of WeasyPrint 70 that keeps text on the grid of lines.

A rare character from another font does not make its line taller, and a block of class `block` takes whole lines
(`block-step` of CSS Rhythmic Sizing, which WeasyPrint does not know).
"""

from functools import cache
from typing import Any

BLOCK, TOP = "block", "top"
NEAR = 0.02  # of a line: so little too much is not worth another line


@cache
def install() -> None:
    from weasyprint.layout import block, inline

    inline.split_first_line = _even(inline.split_first_line)
    block.block_level_layout = _snapping(block.block_level_layout)


def _even(split_first_line: Any) -> Any:
    """Give every text box the height and baseline of its style's own font."""
    from weasyprint.text.line_break import strut

    def even(text: str, style: Any, *args: Any, **kwargs: Any) -> Any:
        found = split_first_line(text, style, *args, **kwargs)
        return found if style["line_height"] == "normal" else (*found[:4], *strut(style))

    return even


def _snapping(block_level_layout: Any) -> Any:
    """Fill up a finished block of class `block` with space, as far as the page has it; class `top`: only below."""

    def snapping(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **more: Any) -> Any:
        result = block_level_layout(context, box, bottom_space, skip_stack, *rest, **more)
        done, resume_at = result[0], result[1]
        if done is not None and resume_at is None and _is_block(done):
            room = context.page_bottom - bottom_space - done.border_box_y() - done.border_height()
            _fill(done, max(0, min(_missing(done), room)), both_sides=skip_stack is None and TOP not in _classes(done))
        return result

    return snapping


def _fill(box: Any, space: float, *, both_sides: bool) -> None:
    box.padding_bottom += space
    if both_sides:
        for child in box.children:
            child.translate(dy=space / 2)


def _is_block(box: Any) -> bool:
    return BLOCK in _classes(box)


def _classes(box: Any) -> list[str]:
    return [] if box.element is None else (box.element.get("class") or "").split()


def _missing(box: Any) -> float:
    """Return what a box lacks to a whole number of the document's lines."""
    line: float = box.style.root_style["line_height"].value
    over: float = box.border_height() % line
    return 0 if over < NEAR * line else line - over
