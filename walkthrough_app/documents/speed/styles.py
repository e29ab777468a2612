"""Styles: all papers share a stylesheet, so most of their elements look the same, from paper to paper."""

import re
from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import Any

STYLESHEETS = 16  # of a process: those of this package, and the few lines that a kind of paper adds
STYLES = 2000  # of a process: a kind of paper has some hundred
DECORATION, VARIABLE = "text_decoration_", "__"
LANGUAGE = "lang"  # the one property that comes from an attribute of ours
NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}  # no paper has any
PSEUDO_ELEMENT = itemgetter(3)  # of a selector of cssselect2
NOT_SHARED = re.compile(r"url\(|@(?!page|media|top|bottom|left|right)", re.IGNORECASE)


def install() -> None:
    import cssselect2  # type: ignore[import-untyped]
    import weasyprint.css
    import weasyprint.html
    from weasyprint.layout import percent

    weasyprint.css.CSS = _shared(weasyprint.css.CSS)
    _unlock(cssselect2.ElementWrapper)
    own = weasyprint.html.UA_STYLESHEET.matcher
    own.other_selectors = [one for one in own.other_selectors if PSEUDO_ELEMENT(one) not in NOTES]
    style_for = weasyprint.css.StyleFor
    style_for.set_computed_styles = _remembered(style_for.set_computed_styles)
    weasyprint.css.ComputedStyle.__missing__ = _style_value(weasyprint.css.ComputedStyle.__missing__)
    percent.resolve_one_percentage = _length(percent.resolve_one_percentage)


def _unlock(element: type) -> None:
    """Work out what is known of an element without a lock: a paper is one thread's, and Python 3.11 has locks there."""
    for name, one in list(vars(element).items()):
        if isinstance(one, cached_property):
            setattr(element, name, _Once(name, one.func))


class _Once:
    """A property that is worked out when it is first asked for; afterwards the element has it itself."""

    def __init__(self, name: str, work_out: Callable[[Any], Any]) -> None:
        self._name, self._work_out = name, work_out

    def __get__(self, element: Any, _kind: type) -> Any:
        value = element.__dict__[self._name] = self._work_out(element)
        return value


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


def _remembered(compute: Any) -> Callable[..., None]:
    """Give elements to which the same rules apply, below a parent with the same style, one style for all papers.

    What has been computed of it stays. WeasyPrint itself does so within one paper.
    """
    known: dict[Any, Any] = {}

    def set_computed_styles(
        style_for: Any, element: Any, *, parent: Any, root: Any, pseudo_type: str | None = None, **rest: Any
    ) -> None:
        computed, place = style_for.get_computed_styles(), (element, pseudo_type)
        above = None if element == root and pseudo_type is None else computed[parent, None]
        key = (id(above), pseudo_type, rest["base_url"], id(style_for.font_config), _rules(style_for, place))
        style = known.get(key)
        if style is None or style.parent_style is not above:
            compute(style_for, element, parent=parent, root=root, pseudo_type=pseudo_type, **rest)
            if len(known) >= STYLES:
                known.clear()
            known[key] = computed[place]
            return
        style.initial_page_sizes = style_for.initial_page_sizes
        computed[place] = style
        if rest.get("target_collector") and style["anchor"]:
            rest["target_collector"].collect_anchor(style["anchor"])

    return set_computed_styles


def _rules(style_for: Any, place: tuple[Any, str | None]) -> tuple[tuple[Any, ...], ...]:
    """Return which rules give an element its look: a value is told by the place where its stylesheet holds it."""
    return tuple(
        (name, value if name == LANGUAGE else id(value), *weight[:2], *weight[2])
        for name, (value, weight) in style_for.get_cascaded_styles().get(place, {}).items()
    )


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
