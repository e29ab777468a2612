"""A flag as pages show it: plain values, what a reader may know and no more."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walkthrough_app.quality import rulebook
from walkthrough_app.quality.models import Flag, FlagWord
from walkthrough_app.quality.rulebook import Level

ANCHORS = (("photos", "photos"), ("findings", "findings"), ("texts", "findings"), ("steps", "steps"))


@dataclass(frozen=True)
class OtherWalk:
    """A walk that a flag compares with, for those who may know whose it is."""

    walk_id: uuid.UUID
    unit: str
    item: str


@dataclass(frozen=True)
class Shown:
    """`others` are only those walks whose identity the reader may learn; `remark` is '' for the unit."""

    id: uuid.UUID
    walk_id: uuid.UUID
    item: str
    rule: str
    name: str
    level: Level
    sentence: str
    evidence: Mapping[str, Any]
    others: Sequence[OtherWalk]
    explanation: str
    remark: str
    seen_at: datetime | None

    @property
    def chip(self) -> str:
        return "wait" if self.level is Level.LOOK else ""

    @property
    def anchor(self) -> str:
        """Where the walk's page shows the evidence."""
        return next((anchor for name, anchor in ANCHORS if self.evidence.get(name)), "")


def shown(
    flag: Flag, item: str, word: FlagWord | None, others: Sequence[OtherWalk], *, for_office: bool = False
) -> Shown:
    rule = rulebook.builtin().find(flag.rule)
    return Shown(
        id=flag.id,
        walk_id=flag.walk_id,
        item=item,
        rule=flag.rule,
        name=rule.name if rule else flag.rule,
        level=flag.level,
        sentence=flag.sentence,
        evidence=flag.evidence,
        others=others,
        explanation=word.explanation if word else "",
        remark=word.remark if word and for_office else "",
        seen_at=word.seen_at if word and for_office else None,
    )
