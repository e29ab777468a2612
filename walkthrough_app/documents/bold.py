"""Extension of WeasyPrint 70: bold type for a family that has no bold face, as no 仿宋 has.

The outline of each letter is drawn round its filling, the way a word processor thickens it.
"""

from functools import cache
from typing import Any

STROKE = 0.03  # of the type size
SEMIBOLD = 600
FILL, FILL_AND_STROKE = 0, 2


@cache
def install() -> None:
    """Thicken a run of bold text when the font that was found for it is not bold."""
    from weasyprint.draw import text

    original = text.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        if textbox.style["font_weight"] < SEMIBOLD or _weight(textbox) >= SEMIBOLD:
            return original(stream, textbox, *rest)
        stream.set_color(textbox.style["color"], stroke=True)
        stream.set_line_width(textbox.style["font_size"] * STROKE)
        stream.set_text_rendering(FILL_AND_STROKE)
        emojis = original(stream, textbox, *rest)
        stream.set_text_rendering(FILL)
        return emojis

    text.draw_first_line = draw_first_line


def _weight(textbox: Any) -> int:
    """Return the weight of the font that the first letter of a text is set in."""
    from weasyprint.text.ffi import ffi, pango

    line, _ = textbox.pango_layout.get_first_line()
    if line.runs == ffi.NULL:
        return SEMIBOLD
    font = line.runs[0].data.item.analysis.font
    description = ffi.gc(pango.pango_font_describe_with_absolute_size(font), pango.pango_font_description_free)
    return int(pango.pango_font_description_get_weight(description))
