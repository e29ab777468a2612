"""Read models: what lists and boards show, copied from the fold whenever a walk's log grows. Events stay the truth."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns.models import MODE, Mode
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs.models import WalkState


class WalkFigure(db.Base):
    """One walk in figures. Lengths in seconds, days in working days; None is what is not known."""

    __tablename__ = "walk_figure"
    __table_args__ = (
        Index("ix_walk_figure_unit", "campaign_id", "unit_id", "day", "walk_id"),
        # What follows the order of a list is what it filters by: rows that do not match are passed over in the index.
        Index(
            "ix_walk_figure_day",
            *("campaign_id", "day", "walk_id", "state", "is_counted", "is_reported", "is_by_head", "is_full"),
            *("mode", "is_simulated", "wait_seconds", "unit_id"),
        ),
        Index("ix_walk_figure_item", "item_id", "campaign_id", "is_counted", "is_by_head", "is_reported"),
        Index(
            "ix_walk_figure_name",
            *("campaign_id", "task_name", "total_seconds", "walk_id", "is_counted", "is_reported", "lane", "unit_id"),
        ),
        Index("ix_walk_figure_same", "task_name", "campaign_id", "unit_id"),
        # All that the list of same items counts, group by group and by length: shortest, median, longest are read off.
        Index(
            "ix_walk_figure_spread",
            *("same_id", "is_counted", "total_seconds", "unit_id", "campaign_id", "is_simulated", "is_by_head"),
            *("walk_id", "is_reported", "lane"),
        ),
    )

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"))
    same_id: Mapped[uuid.UUID] = mapped_column(comment="of the item's group, copied from it")
    lane: Mapped[Lane | None]
    task_name: Mapped[str] = mapped_column(comment="of the item: the same item of several units has the same")
    state: Mapped[WalkState]
    mode: Mapped[Mode] = mapped_column(MODE)
    is_simulated: Mapped[bool]
    is_by_head: Mapped[bool] = mapped_column(comment="walked by a head in person")
    is_full: Mapped[bool] = mapped_column(comment="every step done and the result in hand")
    is_counted: Mapped[bool] = mapped_column(
        comment="walked to the end or waiting for the result: a report may tell it"
    )
    is_reported: Mapped[bool] = mapped_column(default=False, comment="stands in a report that has been handed in")
    day: Mapped[date] = mapped_column(comment="on which it began, in Beijing")
    total_seconds: Mapped[int]
    wait_seconds: Mapped[int] = mapped_column(comment="between number and call; 0 when no number was taken")
    trips: Mapped[int]
    windows: Mapped[int | None]
    materials: Mapped[int | None] = mapped_column(comment="really asked for")
    extra_materials: Mapped[int | None] = mapped_column(comment="asked for that the guide does not name")
    listed_materials: Mapped[int | None] = mapped_column(comment="named by the guide")
    promise_days: Mapped[int | None] = mapped_column(comment="promised working days; 0 is on the spot")
    actual_days: Mapped[int | None] = mapped_column(comment="working days from acceptance to result")
    photos: Mapped[int]
    clips: Mapped[int]
    findings: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class StepFigure(db.Base):
    """How long one step of one walk took."""

    __tablename__ = "step_figure"
    __table_args__ = (
        Index("ix_step_figure_same", "task_name", "step", "seconds"),
        Index("ix_step_figure_unit", "campaign_id", "unit_id", "step", "seconds"),
    )

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    task_name: Mapped[str]
    seconds: Mapped[int]
    is_typed: Mapped[bool] = mapped_column(comment="entered by hand, with a reason")


class FindingFigure(db.Base):
    """One problem as its walk tells it now; `category` is the code of the sub-category, e.g. C2."""

    __tablename__ = "finding_figure"
    __table_args__ = (
        # Holds all that adding up a unit asks: with 1 000 walks of a unit that takes 9 ms instead of 47.
        Index(  # all that adding up a unit asks
            "ix_finding_figure_unit",
            *("campaign_id", "unit_id", "letter", "rectify_type", "is_counted", "is_reported"),
        ),
        Index("ix_finding_figure_day", "campaign_id", "found_at", "id"),
        Index("ix_finding_figure_category", "campaign_id", "category", "found_at", "id"),
        Index("ix_finding_figure_letter", "campaign_id", "letter", "found_at", "id"),
        Index("ix_finding_figure_type", "campaign_id", "rectify_type", "found_at", "id"),
        Index("ix_finding_figure_severity", "campaign_id", "severity", "found_at", "id"),
        Index("ix_finding_figure_step", "campaign_id", "step", "found_at", "id"),
        Index("ix_finding_figure_same", "task_name", "category"),
    )
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - nobody asks for the letter of a row just written

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="made on the phone")
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"))
    task_name: Mapped[str]
    step: Mapped[str | None] = mapped_column(String(32))
    category: Mapped[str] = mapped_column(String(16))
    letter: Mapped[str] = mapped_column(
        String(1),
        Computed("substr(category, 1, 1)", persisted=True),
        comment="of the category, written by the database",
    )
    severity: Mapped[str] = mapped_column(String(16))
    rectify_type: Mapped[str | None] = mapped_column(String(16), comment="none: no measure yet")
    title: Mapped[str] = mapped_column(Text)
    fact: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    found_at: Mapped[datetime]
    photos: Mapped[int]
    is_counted: Mapped[bool] = mapped_column(comment="its walk counts")
    is_reported: Mapped[bool] = mapped_column(default=False, comment="its walk stands in a report handed in")


class UnitFigure(db.Base):
    """What the walks of a unit in a campaign come to; void walks are left out, `counted` says what a report may tell.

    The figures of time, trips, problems and evidence are those of counted walks. `seconds` is by step, `modes` by how
    they were walked, `categories` by the letter of the category. `reported` holds the same once more, of the walks in
    reports that were handed in: what a lane may list.
    """

    __tablename__ = "unit_figure"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    lane: Mapped[Lane | None]
    walks: Mapped[int] = mapped_column(default=0)
    counted: Mapped[int] = mapped_column(default=0)
    finished: Mapped[int] = mapped_column(default=0)
    awaiting: Mapped[int] = mapped_column(default=0)
    items_walked: Mapped[int] = mapped_column(default=0, comment="items with a counted walk, each once")
    by_head: Mapped[int] = mapped_column(default=0)
    simulated: Mapped[int] = mapped_column(default=0)
    full: Mapped[int] = mapped_column(default=0)
    wait_seconds: Mapped[int] = mapped_column(default=0)
    waits: Mapped[int] = mapped_column(default=0, comment="counted walks in which a number was taken")
    trips: Mapped[int] = mapped_column(default=0)
    photos: Mapped[int] = mapped_column(default=0)
    clips: Mapped[int] = mapped_column(default=0)
    findings: Mapped[int] = mapped_column(default=0)
    immediate: Mapped[int] = mapped_column(default=0)
    deadline: Mapped[int] = mapped_column(default=0)
    ongoing: Mapped[int] = mapped_column(default=0)
    escalate: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    modes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    categories: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reported: Mapped[dict[str, Any]] = mapped_column(default=dict)
