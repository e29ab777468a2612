"""The paragraphs of a Word file one after the other, each with the control and the bookmark it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.documents.word import keys

CHARACTERS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
# What was deleted or moved away, what stands in for something else, and the workings of fields.
UNREAD = {"del", "moveFrom", "Fallback", "instrText", "delText", "rt"} | {
    f"{kind}Pr" for kind in ("p", "r", "sdt", "sdtEnd", "tbl", "tr", "tc", "sect")
}
OBJECTS = {"drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym", "oMath", "oMathPara"}


@dataclass(frozen=True)
class Control:
    """A content control: the how manyeth it is, its key and its number."""

    place: int
    key: str
    number: str


@dataclass
class Line:
    """A paragraph; `lead` is what is set off from the `rest` by a style or bold type.

    `joins` tells that its end was deleted: the next one goes on in the same line.
    """

    control: Control | None
    marks: dict[str, str]
    in_table: bool
    joins: bool
    lead: str = ""
    rest: str = ""
    text: str = ""
    has_objects: bool = False

    def take(self, words: str, *, is_lead: bool) -> None:
        self.text += words
        if is_lead:
            self.lead += words
        else:
            self.rest += words


@dataclass
class Reader:
    """Walks through a document in order and remembers which of our bookmarks are open: names by their numbers."""

    open: dict[str, str] = field(default_factory=dict)
    controls: int = 0

    def lines(self, element: Any, control: Control | None = None, *, in_table: bool = False) -> Iterator[Line]:
        for child in element:
            name = name_of(child)
            if name == "p":
                yield self._line(child, control, in_table=in_table)
            elif name == "sdt":
                yield from self._inside(child, control, in_table=in_table)
            elif name.startswith("bookmark"):
                self._follow(child)
            elif name and name not in UNREAD:
                yield from self.lines(child, control, in_table=in_table or name == "tbl")

    def _inside(self, control: Any, outer: Control | None, *, in_table: bool) -> Iterator[Line]:
        """Yield the lines of a control: one with a key, not inside another, is a control of ours."""
        found = {name_of(one): value(one) for part in named(control, "sdtPr") for one in part}
        if outer is None and found.get("tag"):
            self.controls += 1
            outer = Control(self.controls, found["tag"], found.get("id", ""))
        for content in named(control, "sdtContent"):
            yield from self.lines(content, outer, in_table=in_table)

    def _line(self, paragraph: Any, control: Control | None, *, in_table: bool) -> Line:
        line = Line(control, dict(self.open), in_table, _is_end_deleted(paragraph))
        self._read(paragraph, line, is_lead=False)
        return line

    def _read(self, element: Any, line: Line, *, is_lead: bool) -> None:
        for child in element:
            name = name_of(child)
            if name == "t":
                line.take(child.text or "", is_lead=is_lead)
            elif name in CHARACTERS:
                line.take(CHARACTERS[name], is_lead=is_lead)
            elif name in OBJECTS:
                line.has_objects = True
            elif name.startswith("bookmark"):
                self._follow(child)
                line.marks |= self.open
            elif name and name not in UNREAD:
                self._read(child, line, is_lead=_is_set_off(child) if name == "r" else is_lead)

    def _follow(self, element: Any) -> None:
        number = attribute(element, "id")
        if name_of(element) == "bookmarkEnd":
            self.open.pop(number, None)
        elif keys.BOOKMARK.fullmatch(attribute(element, "name")):
            self.open[number] = attribute(element, "name")


def name_of(element: Any) -> str:
    """Return a name without its namespace, which differs between editions of the standard; '' for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(element: Any, name: str) -> list[Any]:
    return [child for child in element if name_of(child) == name]


def attribute(element: Any, name: str) -> str:
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def value(element: Any) -> str:
    return attribute(element, "val")


def _properties(element: Any, kind: str) -> dict[str, str]:
    return {name_of(one): value(one) for part in named(element, kind) for one in part}


def _is_set_off(run: Any) -> bool:
    found = _properties(run, "rPr")
    return "rStyle" in found or found.get("b", "0") not in {"0", "false", "off"}


def _is_end_deleted(paragraph: Any) -> bool:
    return any("del" in _properties(part, "rPr") for part in named(paragraph, "pPr"))
