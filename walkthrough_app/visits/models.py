"""A visit to another unit, ordered or begun on the spot, and the lot by which units were drawn."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import MODE, Campaign, Mode, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.printing import GivenOut
from walkthrough_app.walkthroughs.models import Walkthrough


class Frequency(StrEnum):
    """S001-39."""

    ROUTINE = "routine"
    SURPRISE = "surprise"

    @property
    def label(self) -> str:
        return "经常性" if self is Frequency.ROUTINE else "突击性"


class Focus(StrEnum):
    """S001-40."""

    PROCESS = "process"
    EFFECT = "effect"

    @property
    def label(self) -> str:
        return "看过程" if self is Focus.PROCESS else "看效果"


class VisitState(StrEnum):
    ORDERED = "ordered"
    UNDER_WAY = "under_way"
    HANDED_IN = "handed_in"
    FED_BACK = "fed_back"
    VOID = "void"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]

    @property
    def is_over(self) -> bool:
        """Tell whether its findings stand in the ledger."""
        return self in DONE

    @property
    def is_open(self) -> bool:
        return self in OPEN


STATE_LABELS = {
    VisitState.ORDERED: "待督查",
    VisitState.UNDER_WAY: "督查中",
    VisitState.HANDED_IN: "已移交",
    VisitState.FED_BACK: "已反馈",
    VisitState.VOID: "已作废",
}
OPEN = frozenset({VisitState.ORDERED, VisitState.UNDER_WAY})
DONE = frozenset({VisitState.HANDED_IN, VisitState.FED_BACK})


class VisitDraw(db.Row):
    """Units drawn by lot: with the seed anybody can draw again (sampling.py says how)."""

    __tablename__ = "visit_draw"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    drawn_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    seed: Mapped[str] = mapped_column(String(32))
    pool: Mapped[list[Any]] = mapped_column(comment="names of the units drawn from")
    drawn: Mapped[list[Any]] = mapped_column(comment="names of those drawn, in the order of their lots")

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    drawn_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class VisitPaper(GivenOut):
    """督查反馈单 as the unit was given it."""

    __tablename__ = "visit_paper"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id"), unique=True)


class Visit(db.Row):
    """Who visits which place of a unit, how, when, and what came of it; days are Beijing's.

    `facts` and `score` are plain JSON, frozen when it is handed in (see telling.py and scoring.py).
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_list", "campaign_id", "to_on", "id"),
        Index("ix_visit_mine", "inspector_id", "state", "to_on"),
        Index("ix_visit_unit", "unit_id", "state"),
    )

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), comment="that is visited")
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"), comment="the place, no catalogue's")
    inspector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    ordered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    draw_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visit_draw.id"))
    mode: Mapped[Mode] = mapped_column(MODE)
    frequency: Mapped[Frequency]
    focus: Mapped[Focus]
    brief: Mapped[str] = mapped_column(Text, default="", comment="what to look at")
    from_on: Mapped[date]
    to_on: Mapped[date]
    state: Mapped[VisitState] = mapped_column(default=VisitState.ORDERED)
    walk_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("walkthrough.id"), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    score: Mapped[dict[str, Any]] = mapped_column(default=dict)
    findings: Mapped[int] = mapped_column(default=0, comment="that went to the ledger")
    feedback: Mapped[str] = mapped_column(Text, default="", comment="what the unit is told beside the facts")
    void_reason: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime | None]
    handed_in_at: Mapped[datetime | None]
    fed_back_at: Mapped[datetime | None]
    fed_back_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[ServiceItem] = relationship(lazy="joined", innerjoin=True)
    inspector: Mapped[User] = relationship(foreign_keys=[inspector_id], lazy="joined", innerjoin=True)
    walk: Mapped[Walkthrough | None] = relationship()
    fed_back_by: Mapped[User | None] = relationship(foreign_keys=[fed_back_by_id])

    @property
    def place(self) -> str:
        return self.item.task_name

    @property
    def is_covert(self) -> bool:
        return self.mode == "covert"

    @property
    def is_overdue(self) -> bool:
        return self.state.is_open and self.to_on < clock.today()

    @property
    def axes(self) -> str:
        """Write the three axes in a line: 暗访 · 突击性 · 看过程."""
        return f"{self.mode.label} · {self.frequency.label} · {self.focus.label}"
