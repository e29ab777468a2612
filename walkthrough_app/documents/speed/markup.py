"""Markup: our templates write it so well that the quick reader of XML understands it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
VOID = re.compile(r"<((?:br|col|hr|img|meta)\b[^<>]*?)/?>")
# What XML reads as something else: a line end or tab in an attribute.
OTHERWISE = re.compile(r'="[^"<>]*[\n\r\t]')


def install() -> None:
    import weasyprint

    weasyprint.tinyhtml5 = SimpleNamespace(parse=_quickly(weasyprint.tinyhtml5.parse))


def _quickly(parse: Any) -> Callable[..., Any]:
    """Read a whole document as XML, and as HTML what cannot be read so: a page without frame, a control character."""

    def read(file: Any, **options: Any) -> Any:
        source = file.read()
        doctype = DOCTYPE.match(source)
        if doctype is None or OTHERWISE.search(source):
            return parse(source, **options)
        try:
            return ET.fromstring(VOID.sub(r"<\1/>", source[doctype.end() :]))  # noqa: S314 - of our own templates
        except ET.ParseError:
            return parse(source, **options)

    return read
