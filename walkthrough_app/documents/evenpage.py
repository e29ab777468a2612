"""Extension of WeasyPrint 70: 版记 stands on the last page, which has an even number, the back of the last sheet."""

from functools import cache
from typing import Any

COLOPHON, PLAIN = "colophon", "plain"


@cache
def install() -> None:
    from weasyprint.layout import block

    block.block_level_layout = _on_even_page(block.block_level_layout)


def _on_even_page(block_level_layout: Any) -> Any:
    """Send a colophon that came to an odd page, or finds no room, to the next even one; CSS cannot ask where it is."""

    def on_even_page(context: Any, box: Any, *args: Any, **more: Any) -> Any:
        result = block_level_layout(context, box, *args, **more)
        page_is_empty = args[3]
        if not _is_colophon(box) or page_is_empty or (result[0] is not None and context.current_page % 2 == 0):
            return result
        return None, None, {"break": "left", "page": None}, [], False, result[5]

    return on_even_page


def _is_colophon(box: Any) -> bool:
    """Tell whether a box is 版记; that of a letter stands on its last page, whichever that is."""
    classes = "" if box.element is None else box.element.get("class") or ""
    return COLOPHON in classes.split() and PLAIN not in classes.split()
