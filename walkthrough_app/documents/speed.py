"""Extension of WeasyPrint 70 that changes no byte of a paper, only how often the same thing is worked out.

Most style values are what a property starts with or what the parent has, most lengths are plain ones, most texts
share a few fonts, and all papers share a stylesheet.
"""

import re
import zlib
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pydyf

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
LEVEL = 6  # of 9: more takes half as long again and saves a thousandth
STYLESHEETS = 16  # of a process: those of this package, and the few lines that a kind of paper adds
DECORATION, VARIABLE = "text_decoration_", "__"
NOT_SHARED = re.compile(r"url\(|@(?!page|media|top|bottom|left|right)", re.IGNORECASE)


@cache
def install() -> None:
    import weasyprint.css
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, LEVEL)))
    weasyprint.css.CSS = _shared(weasyprint.css.CSS)
    weasyprint.css.ComputedStyle.__missing__ = _style_value(weasyprint.css.ComputedStyle.__missing__)
    percent.resolve_one_percentage = _length(percent.resolve_one_percentage)
    line_break.get_font_description = _once_a_font(line_break.get_font_description)
    line_break._font_style_cache_key = _font_key  # noqa: SLF001


def _shared(parse: Any) -> Callable[..., Any]:
    """Parse a stylesheet that depends on nothing but its own text only once a process."""
    known: dict[tuple[str, str], Any] = {}

    def css(*, string: str | None = None, media_type: str = "print", **rest: Any) -> Any:
        if string is None or NOT_SHARED.search(string):
            return parse(string=string, media_type=media_type, **rest)
        key = (string, media_type)
        if key not in known:
            if len(known) >= STYLESHEETS:
                known.clear()
            own = {name: rest[name] for name in ("url_fetcher", "font_config")}
            known[key] = parse(string=string, media_type=media_type, **own)
        return known[key]

    return css


def _style_value(compute: Any) -> Callable[[Any, str], Any]:
    """Take what no rule sets from the parent or from the property's definition, where nothing has to be computed."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    special = {"page", "position", "float", "display"} | {key for key in INITIAL_VALUES if key.startswith(DECORATION)}
    inherited = INHERITED - special
    initial = {key: INITIAL_VALUES[key] for key in INITIAL_VALUES.keys() - INHERITED - INITIAL_NOT_COMPUTED - special}
    other_names = {
        key: {find(block="ttb", inline=inline) for inline in ("ltr", "rtl")} for key, find in PHYSICAL_FUNCTIONS.items()
    }

    def missing(style: Any, key: str) -> Any:
        if key in style.cascaded or not style.cascaded.keys().isdisjoint(other_names.get(key, ())):
            return compute(style, key)
        if key in initial:
            value = style[key] = initial[key]
        elif style.parent_style is not None and (key in inherited or key.startswith(VARIABLE)):
            value = style[key] = style.parent_style[key]
        else:
            value = compute(style, key)
        return value

    return missing


def _length(resolve: Any) -> Callable[[Any, str, Any], None]:
    """Set a plain length without asking what kind of value it is."""
    from weasyprint.css.properties import Dimension

    def resolve_one(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if value.__class__ is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        else:
            resolve(box, name, refer_to)

    return resolve_one


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


def write_out(pdf: Any) -> None:
    """Turn the objects of a finished pydyf.PDF into bytes: pydyf asks for them for the file and for its identifier."""
    pdf.objects[1:] = map(_Written, pdf.objects[1:])


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object that is only read from now on."""

    data = b""
    compressible = True

    def __init__(self, original: pydyf.Object) -> None:
        super().__init__()
        self.number = original.number
        self.data = original.data
        self.compressible = original.compressible
