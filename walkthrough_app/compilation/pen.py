"""Writes the paragraphs of a compilation: generated, unless somebody has put other words in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """A paragraph: `was` is what the figures said when it was rewritten, '' while it is not; `lead` stays."""

    key: str
    text: str
    generated: str
    was: str = ""
    lead: str = ""

    @property
    def is_edited(self) -> bool:
        return bool(self.was) and self.text != self.generated

    @property
    def is_outdated(self) -> bool:
        """Tell whether the figures have changed since somebody rewrote it."""
        return self.is_edited and self.was != self.generated

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]


@dataclass
class Chapter:
    title: str
    texts: list[Text] = field(default_factory=list)


class Pen:
    """Collects paragraphs chapter by chapter while they are written."""

    def __init__(self, texts: Mapping[str, Mapping[str, Any]]) -> None:
        self._texts = texts
        self.chapters: list[Chapter] = []

    def chapter(self, title: str) -> None:
        self.chapters.append(Chapter(title))

    def write(self, key: str, generated: str, lead: str = "") -> str:
        """Return what the report says in this place; '' for a place that has nothing to say."""
        known = self._texts.get(key, {})
        if not generated and not known:
            return ""
        made = Text(key, known.get("text") or generated, generated, known.get("was", ""), lead)
        self.chapters[-1].texts.append(made)
        return made.text
