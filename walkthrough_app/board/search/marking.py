"""Marking what was found, on the text as it was written."""

from collections.abc import Sequence
from itertools import pairwise

from walkthrough_app.core import folding

AROUND = 70  # characters of a text that are shown
BEFORE = 18


class Folded:
    """A text beside its comparable form: `places[n]` is where the n-th comparable character came from."""

    def __init__(self, text: str) -> None:
        parts = [(folding.folded(char), place) for place, char in enumerate(text)]
        self.text = "".join(part or " " for part, _ in parts)
        self.places = [place for part, place in parts for _ in part or " "]

    def find(self, words: Sequence[str]) -> set[int]:
        """Return the places of all characters that belong to one of the words."""
        found: set[int] = set()
        for word in words:
            start = self.text.find(word)
            while start >= 0:
                found.update(self.places[start : start + len(word)])
                start = self.text.find(word, start + len(word))
        return found


def holds(texts: Sequence[str], phrase: str) -> bool:
    """Tell whether one of the texts has the phrase, whatever stands between its words but other words."""
    return any(phrase in folding.plain(text) for text in texts)


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text into (part, is marked)."""
    places = _places(text, words)
    edges = [0, *(n for n in range(1, len(text)) if (n in places) != (n - 1 in places)), len(text)]
    return [(text[a:b], a in places) for a, b in pairwise(edges) if b > a]


def excerpt(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut what surrounds the first match out of a text, marked."""
    flat = " ".join(text.split())
    first = min(_places(flat, words), default=0)
    start = max(0, first - BEFORE) if len(flat) > AROUND else 0
    shown = flat[start : start + AROUND]
    before, after = "…" if start else "", "…" if start + AROUND < len(flat) else ""
    return [part for part in ((before, False), *marked(shown, words), (after, False)) if part[0]]


def _places(text: str, words: Sequence[str]) -> set[int]:
    """Return what to mark: whole words, and the pairs of a long word whose parts stand apart."""
    folded = Folded(text)
    whole = [word for word in words if word in folded.text]
    pairs = [
        a + b for word in words if word not in whole and len(word) > 2 for a, b in pairwise(word) if " " not in a + b
    ]
    return folded.find([*whole, *pairs])
