"""Short words for WordprocessingML: elements, runs and paragraphs of text that anybody may have typed."""

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from walkthrough_app.documents import drawable

ILLEGAL = re.compile("[\ufffe\uffff]")  # XML has no way to hold them
LINES = re.compile("\r\n|[\r\n\u2028\u2029]")


def el(tag: str, *children: Any, **attributes: object) -> Any:
    """Make an element; attributes without a prefix are Word's own."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), clean(str(value)))
    made.extend(child for child in children if child is not None)
    return made


def clean(text: str) -> str:
    """Leave out what XML cannot hold and what turns or hides text; every line break becomes a line feed."""
    return ILLEGAL.sub("", drawable.clean(LINES.sub("\n", text)))


def run(text: str, style: str = "", *marks: Any) -> Any:
    """Make a run; line feeds break the line. `marks` are properties such as a colour."""
    properties = el("w:rPr", el("w:rStyle", val=style) if style else None, el("w:rFonts", hint="eastAsia"), *marks)
    made = el("w:r", properties)
    for n, line in enumerate(clean(text).split("\n")):
        if n:
            made.append(el("w:br"))
        made.append(_text(line))
    return made


def _text(line: str) -> Any:
    made = el("w:t")
    made.text = line.replace("\t", " ")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def paragraph(style: str, *content: Any, layout: Iterable[Any] = ()) -> Any:
    """Make a paragraph of runs or plain texts; `layout` holds properties in the order of the schema."""
    runs = [run(one) if isinstance(one, str) else one for one in content]
    named = el("w:pStyle", val=style) if style != "Normal" else None
    return el("w:p", el("w:pPr", named, *layout), *runs)
