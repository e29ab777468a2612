"""One text become another, readable in Chinese: numbers and words stay whole, single characters do not flicker."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.:%/\-][A-Za-z0-9]+)*%?|.", re.DOTALL)
MARKS = set("，。；：、！？（）“”《》 \n")
MOST = 4_000_000  # tokens times tokens: comparing more would keep the page waiting
ISLAND = 4  # characters: what stands between two changes and is shorter belongs to them
SAME, GONE, NEW = "same", "del", "ins"
Part = tuple[str, str]  # kind and text


def inline(old: str, new: str) -> list[Part]:
    """Return the two texts woven into one: pieces that stayed, went (`del`) and came (`ins`)."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    start = _shared(a, b)
    end = _shared(a[start:][::-1], b[start:][::-1])
    middle = _middle(a[start : len(a) - end], b[start : len(b) - end])
    pieces = [(SAME, "".join(a[:start])), *middle, (SAME, "".join(a[len(a) - end :]))]
    return _merged(piece for piece in pieces if piece[1])


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """Count the tokens with which both begin."""
    return next((n for n, (one, two) in enumerate(zip(a, b, strict=False)) if one != two), min(len(a), len(b)))


def _middle(a: Sequence[str], b: Sequence[str]) -> list[Part]:
    if len(a) * len(b) > MOST:
        return [(GONE, "".join(a)), (NEW, "".join(b))]
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    pieces: list[Part] = []
    for n, (kind, i, j, k, m) in enumerate(codes):
        is_island = kind == "equal" and 0 < n < len(codes) - 1 and _is_short(a[i:j])
        if kind == "equal" and not is_island:
            pieces.append((SAME, "".join(a[i:j])))
        else:
            pieces += [(GONE, "".join(a[i:j])), (NEW, "".join(b[k:m]))]
    return [piece for piece in pieces if piece[1]]


def _is_short(tokens: Sequence[str]) -> bool:
    """Tell an island too small to be read by itself; marks do not count."""
    return sum(len(token) for token in tokens if token not in MARKS) < ISLAND


def _merged(pieces: Iterator[Part]) -> list[Part]:
    """Join what was changed in a row: first all that went, then all that came."""
    found: list[Part] = []
    for is_same, group in groupby(pieces, key=lambda piece: piece[0] == SAME):
        members = list(group)
        for kind in (SAME,) if is_same else (GONE, NEW):
            text = "".join(words for one, words in members if one == kind)
            found += [(kind, text)] if text else []
    return found
