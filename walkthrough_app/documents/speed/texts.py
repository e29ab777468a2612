"""Texts: most share a few fonts."""

import re
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

DESCRIBED = (
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variant_caps",
    "font_variation_settings",
)
SHAPED = (
    "font_style",
    "font_stretch",
    "font_weight",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
)
SIZED = (*SHAPED, "font_size", "line_height")
KEPT = 5000  # layouts, of a few KB each: a report has some hundred, a table of a whole city many more
SEPARATORS = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def install() -> None:
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    line_break.get_font_description = _once_a_font(line_break.get_font_description)
    line_break._font_style_cache_key = _font_key  # noqa: SLF001
    line_break.strut = inline.strut = _once_a_style(line_break.strut)
    layout = line_break.Layout
    layout.setup = _set_up(layout.setup)
    layout.set_text = _as_drawn(layout.set_text)
    layout.deactivate = _kept(layout.deactivate)
    layout.reactivate = _as_it_was(layout.reactivate)


def _once_a_font(describe: Any) -> Callable[[Any], Any]:
    """Describe a font to Pango once; the description is only read."""
    known: dict[Any, Any] = {}

    def description(style: Any) -> Any:
        key = _values(style, DESCRIBED)
        if key not in known:
            known[key] = describe(style)
        return known[key]

    return description


def _font_key(style: Any, include_size: bool = False) -> tuple[Any, ...]:  # noqa: FBT001, FBT002 - WeasyPrint's own
    return _values(style, SIZED if include_size else SHAPED)


def _values(style: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what can be looked up in a dictionary; charts give their families as a list."""
    return (tuple(style["font_family"]), *map(style.__getitem__, names))


def _once_a_style(strut: Any) -> Callable[[Any], Any]:
    """Work out once for a style how high its lines are."""

    def known(style: Any) -> Any:
        if not hasattr(style, "strut"):
            style.strut = strut(style)
        return style.strut

    return known


def _set_up(set_up: Any) -> Callable[[Any, Any], None]:
    """Prepare a layout like the first one of its style: they share what does not depend on the text."""
    from weasyprint.text.ffi import ffi, gobject, pango

    ffi.cdef("PangoContext *pango_layout_get_context(PangoLayout *layout);")

    def set_up_like(layout: Any, style: Any) -> None:
        first, context, language, font = getattr(style, "first_layout", (None,) * 4)
        if first is None:
            set_up(layout, style)
            if _is_plain(layout.layout, style):
                context = pango.pango_layout_get_context(layout.layout)
                style.first_layout = layout.layout, context, layout.language, line_break.get_font_description(style)
            return
        layout.style, layout.language, layout.first_line_direction = style, language, 0
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        layout.underline_thickness = layout.strikethrough_thickness = None
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, font)

    from weasyprint.text import line_break

    return set_up_like


def _is_plain(layout: Any, style: Any) -> bool:
    """Tell whether a style asks for nothing but a font: no line along the text, no feature of the font."""
    from weasyprint.text.ffi import ffi, pango

    has_features: bool = pango.pango_layout_get_attributes(layout) != ffi.NULL
    return style["text_decoration_line"] == "none" and not has_features


def _as_drawn(set_text: Any) -> Callable[..., None]:
    """Set a text of one paragraph at once in the way that drawing asks for, so that it need not be set again."""
    from weasyprint.text.ffi import pango

    def set_text_as_drawn(layout: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        pango.pango_layout_set_single_paragraph_mode(layout.layout, SEPARATORS.search(text) is None)
        set_text(layout, text, justify)

    return set_text_as_drawn


def _kept(deactivate: Any) -> Callable[[Any], None]:
    """Keep some thousand layouts that WeasyPrint would throw away and make again when they are drawn."""
    kept: WeakSet[Any] = WeakSet()

    def keep(layout: Any) -> None:
        if len(kept) < KEPT:
            kept.add(layout)
        elif layout not in kept:
            deactivate(layout)

    return keep


def _as_it_was(reactivate: Any) -> Callable[[Any, Any], None]:
    """Draw a layout as it was measured."""

    def draw(layout: Any, style: Any) -> None:
        if getattr(layout, "style", None) is not style or layout.justification_spacing:
            reactivate(layout, style)

    return draw
