"""What somebody typed into the box: several words are all wanted, words in quotes stand together."""

import re
from dataclasses import dataclass

from walkthrough_app.board.search import tokens
from walkthrough_app.core import folding

LONGEST = 200  # characters that are read
MOST_WORDS = 8
QUOTED = re.compile(r"[\"“”„‟＂「『]([^\"“”„‟＂」』]*)[\"“”„‟＂」』]")


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are all wanted; `phrases` too, and their characters one after the other."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.wanted

    @property
    def wanted(self) -> set[str]:
        """Return the tokens that an entry must hold."""
        return {token for word in (*self.words, *self.phrases) for token in tokens.of_word(word)}

    @property
    def marked(self) -> tuple[str, ...]:
        """Return what is marked in the results, the longest first."""
        parts = [part for word in self.words for part in word.split()]
        return tuple(sorted({*parts, *self.phrases} - {""}, key=len, reverse=True))


def read(text: str) -> Question:
    """Read a question; whatever was typed, this never fails."""
    short = text[:LONGEST]
    phrases = [folding.plain(one) for one in QUOTED.findall(short)]
    rest = folding.plain(QUOTED.sub(" ", short)).split()
    return Question(
        " ".join(short.split()),
        tuple(dict.fromkeys(rest))[:MOST_WORDS],
        tuple(one for one in dict.fromkeys(phrases) if one)[:MOST_WORDS],
    )
