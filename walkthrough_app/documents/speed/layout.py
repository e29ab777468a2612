"""Layout: what is asked of every box, answered without going through what no paper has."""

import sys
from collections.abc import Callable
from typing import Any

EDGES = [f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")]
SIZES = ["width", "min_width", "max_width", "height", "min_height", "max_height"]
BORDERS = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]
IN_FLOW = {"static", "relative"}
AUTO = "auto"


def install() -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import float as floats
    from weasyprint.layout import percent

    replace_everywhere(percent.resolve_percentages, _used_lengths(percent.resolve_percentages))
    replace_everywhere(floats.avoid_collisions, _among_no_floats(floats.avoid_collisions))
    boxes.Box.is_in_normal_flow = _in_normal_flow(boxes.Box.is_in_normal_flow)


def replace_everywhere(original: Any, quick: Any) -> None:
    """Put a function in the place of one of WeasyPrint's in all its modules that have imported it."""
    name = original.__name__
    for module in [one for path, one in sys.modules.items() if path.startswith("weasyprint.")]:
        if getattr(module, name, None) is original:
            setattr(module, name, quick)


def _used_lengths(resolve: Any) -> Callable[[Any, Any], None]:
    """Give a box the lengths of its style at once where none depends on what is around the box."""

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        try:
            lengths, borders = style.used_lengths
        except AttributeError:
            lengths, borders = style.used_lengths = _plain_lengths(style)
        if lengths is None:
            resolve(box, containing_block)
            return
        used = box.__dict__
        used.update(lengths)
        if style["border_collapse"] == "collapse":  # those of a table are settled between its cells
            borders = {name: width for name, width in borders.items() if not hasattr(box, name)}
        used.update(borders)

    return resolve_percentages


def _plain_lengths(style: Any) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the lengths of a style, and those of its borders; None where one has to be worked out box by box."""
    borders = {name: style[name] for name in BORDERS}
    lengths: dict[str, Any] = {}
    for name in (*EDGES, *SIZES):
        value = style[name]
        if value != AUTO and getattr(value, "unit", "") != "px":
            return None, borders
        lengths[name] = AUTO if value == AUTO else value.value
    lengths |= {name: 0 for name in ("min_width", "min_height") if lengths[name] == AUTO}
    return (lengths if style["box_sizing"] == "content-box" else None), borders


def _in_normal_flow(ask: Any) -> Callable[[Any], bool]:
    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["float"] == "none" and style["position"] in IN_FLOW:
            return True
        return bool(ask(box))

    return is_in_normal_flow


def _among_no_floats(avoid: Any) -> Callable[..., tuple[float, float, float]]:
    """Place a line where nothing floats without looking for what is in its way."""
    from weasyprint.formatting_structure.boxes import LineBox

    def avoid_collisions(context: Any, box: Any, block: Any, outer: bool = True) -> tuple[float, float, float]:  # noqa: FBT001, FBT002 - WeasyPrint's own
        if outer or context.excluded_shapes or box.__class__ is not LineBox or block.style["direction"] != "ltr":
            found: tuple[float, float, float] = avoid(context, box, block, outer)
            return found
        start = block.content_box_x()
        left, right = start + box.margin_left, start + block.width - box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions
