"""One line of what somebody is told."""

import uuid
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns.models import Campaign


class Kind(StrEnum):
    WALK = "walk"
    PLAN = "plan"
    REPORT = "report"
    RETURNED = "returned"
    DIGEST = "digest"
    URGE = "urge"
    RECTIFY = "rectify"
    HANDLE = "handle"
    PAPER = "paper"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Line:
    """`campaign` is an id, `title` the campaign's; `lane` is the one whose channels may carry it."""

    kind: Kind
    campaign: str
    title: str
    lane: str
    text: str

    @classmethod
    def of(cls, kind: Kind, campaign: Campaign, lane: Lane | None, text: str) -> "Line":
        return cls(kind, str(campaign.id), campaign.title, lane.value if lane else "", text)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Line":
        return cls(Kind(stored["kind"]), stored["campaign"], stored["title"], stored["lane"], stored["text"])

    @property
    def campaign_id(self) -> uuid.UUID:
        return uuid.UUID(self.campaign)

    @property
    def outlet(self) -> tuple[str, str]:
        """Return campaign and lane: whose channels carry it."""
        return (self.campaign, self.lane)

    def stored(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items()}
