"""From a subject to its flags: pure, every rule that is on, in the order of the rulebook."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from walkthrough_app.quality.rulebook import Level, Rule, Rulebook
from walkthrough_app.quality.signs import SIGNS
from walkthrough_app.quality.subject import Hit, Subject

SPACE = uuid.UUID("0f4b9f62-5c0d-4d3e-9c3b-5b1e6f0c7a11")


@dataclass(frozen=True)
class Finding:
    """A rule with what it found in a walk."""

    rule: Rule
    hit: Hit

    @property
    def level(self) -> Level:
        return Level(self.rule.level)

    @property
    def sentence(self) -> str:
        return self.rule.sentence(self.hit.case, self.hit.values)

    def id_in(self, walk_id: uuid.UUID) -> uuid.UUID:
        """Return the flag's id: the same whenever the same rule finds the same case in the same walk."""
        return uuid.uuid5(SPACE, f"{walk_id}/{self.rule.id}/{self.hit.about}")


def judge(subject: Subject, book: Rulebook) -> Iterator[Finding]:
    for rule in book.rules:
        sign = SIGNS.get(rule.id)
        if rule.is_on and sign:
            yield from (Finding(rule, hit) for hit in sign(subject, rule.values))
