"""What no font can draw: found before layout and replaced by the printers' mark for a missing letter."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from walkthrough_app.documents.pango import FontMap

GETA = "〓"
JOINER = "\u200d"
FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]")  # letters that make a flag in pairs
# Controls, surrogates, spaces without width, and what turns the direction of reading: figures must not be reversed.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Forms and colours of an emoji, the frame of a key, the tags of a flag.
MODIFIERS = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
UNDRAWN = ("style", "script", "title")

_known: dict[str, bool] = {}  # whether a character can be drawn; the fonts of a process do not change


def clean(text: str) -> str:
    """Leave out what cannot be seen and has no business on paper."""
    return INVISIBLE.sub("", text)


def undrawable(text: str, font_map: FontMap) -> tuple[str, ...]:
    """Return what no font can draw, each once, in the order of the text; an emoji of several characters is one."""
    text = clean(text)
    _learn(text, font_map)
    if _is_drawn(text):
        return ()
    return tuple(dict.fromkeys(sign for sign in _signs(text) if not _is_drawn(sign)))


def replace(text: str, font_map: FontMap) -> str:
    """Write the geta mark for every sign that no font can draw; markup, being ASCII, stays as it is."""
    text = clean(text)
    _learn(text, font_map)
    if _is_drawn(text):
        return text
    return "".join(sign if _is_drawn(sign) else GETA for sign in _signs(text))


def replace_in(tree: Any, font_map: FontMap) -> tuple[str, ...]:
    """Replace in all texts of a document, but not in its tags; return what was replaced, sorted.

    What the pictures say in `alt` counts too: a chart draws it.
    """
    found: set[str] = set()
    for element in tree.iter():
        if element.tag not in UNDRAWN and element.text:
            found.update(undrawable(element.text, font_map))
            element.text = replace(element.text, font_map)
        if element.tail:
            found.update(undrawable(element.tail, font_map))
            element.tail = replace(element.tail, font_map)
        found.update(undrawable(element.get("alt") or "", font_map))
    return tuple(sorted(found))


def _is_drawn(text: str) -> bool:
    """Tell whether every character can be drawn; all of them are known."""
    return all(map(_known.__getitem__, text))


def _signs(text: str) -> list[str]:
    """Split a text into what the reader takes for one sign."""
    signs: list[str] = []
    for char in text:
        if signs and _continues(signs[-1], char):
            signs[-1] += char
        else:
            signs.append(char)
    return signs


def _continues(sign: str, char: str) -> bool:
    if char == JOINER or MODIFIERS.match(char):
        return True
    if sign[-1] == JOINER:
        return not _known[char] or unicodedata.category(char) == "So"
    if FLAGS.match(char):
        return len(sign) == 1 and FLAGS.match(sign) is not None
    return not _known[char] and unicodedata.category(char).startswith("M")


def _learn(chars: Iterable[str], font_map: FontMap) -> None:
    """Ask Pango once for every new character: all at a time first, since nearly always all can be drawn."""
    new = sorted(set(chars).difference(_known))
    if new:
        _halve(new, font_map)


def _halve(chars: list[str], font_map: FontMap) -> None:
    drawn = not font_map.count_unknown(" ".join(chars))
    if drawn or len(chars) == 1:
        _known.update(dict.fromkeys(chars, drawn))
        return
    middle = len(chars) // 2
    _halve(chars[:middle], font_map)
    _halve(chars[middle:], font_map)
