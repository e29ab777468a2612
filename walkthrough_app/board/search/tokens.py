"""Words as the index knows them: every character and every pair of neighbours, so that 排 and 排队 are found alike.

Tokens are plain ASCII made of code points, and facets begin with z: no text of a user can be taken for syntax or for
a facet.
"""

import uuid
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from walkthrough_app.core.folding import plain

MOST_TEXT = 4000  # characters of one entry that are indexed
LONGEST_WORD = 40


def of_texts(texts: Iterable[str]) -> set[str]:
    """Return the tokens of an entry's texts."""
    found: set[str] = set()
    for text in texts:
        found |= _of_name(text) if len(text) <= LONGEST_WORD else _of_text(text)
    return found


def _of_text(text: str) -> set[str]:
    found: set[str] = set()
    for run in plain(text[:MOST_TEXT]).split():
        codes = list(map(_one, run))
        found.update(codes)
        found.update(map("x".join, pairwise(codes)))
    return found


_of_name = lru_cache(maxsize=4096)(_of_text)  # units and items stand in many entries


def of_word(word: str) -> Iterator[str]:
    """Yield what an entry with this word holds: its pairs, or the only character."""
    for run in plain(word)[:LONGEST_WORD].split():
        if len(run) == 1:
            yield _one(run)
        yield from (_two(*pair) for pair in pairwise(run))


@lru_cache(maxsize=8192)
def facet(name: str, value: uuid.UUID | str) -> str:
    """Return the token of a filter: `name` is one letter, the value ASCII letters and digits."""
    text = value.hex if isinstance(value, uuid.UUID) else str(value).lower()
    return f"z{name}" + "".join(char for char in text if char.isascii() and char.isalnum())


@cache
def _one(char: str) -> str:
    return f"{ord(char):x}"


def _two(first: str, second: str) -> str:
    return f"{ord(first):x}x{ord(second):x}"
