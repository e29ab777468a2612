"""Flags with their evidence, what people say about them, and the traces of walks by which they are compared."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import clock, db
from walkthrough_app.quality.rulebook import Level


class Flag(db.Base):
    """One thing about a walk that somebody should look at; all flags of a walk are replaced together.

    The id follows from walk, rule and case, so that words about a flag outlive its being made anew. The sentence and
    the evidence never tell of another unit; `others` may, and is for the lane and the office only.
    """

    __tablename__ = "flag"
    __table_args__ = (Index("ix_flag_campaign", "campaign_id", "unit_id", "rule"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), index=True)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    rule: Mapped[str] = mapped_column(String(32))
    level: Mapped[Level]
    sentence: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]] = mapped_column(comment="of this walk: ids of steps, photos, findings, events")
    others: Mapped[list[Any]] = mapped_column(comment="ids of the other walks it was compared with")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class FlagWord(db.Base):
    """What the unit explains about a flag, and what the office noted when it looked."""

    __tablename__ = "flag_word"

    flag_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), index=True)
    explanation: Mapped[str] = mapped_column(Text, default="")
    explained_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    explained_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="", comment="the office's word, not shown to the unit")
    seen_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    seen_at: Mapped[datetime | None]


class QualitySetting(db.Base):
    """What a campaign set otherwise than the rules' document."""

    __tablename__ = "quality_setting"

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class WalkTrace(db.Base):
    """When a walker was at it: `spans` are [start, stop, step], the moments as ISO 8601."""

    __tablename__ = "walk_trace"

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    walker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    spans: Mapped[list[Any]]


class PhotoTrace(db.Base):
    """A picture in a walk; `at` is when the server got to know it."""

    __tablename__ = "photo_trace"

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    photo: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    taken_at: Mapped[datetime]
    at: Mapped[datetime]


class TextTrace(db.Base):
    """Something written in own words, with four marks of which alike texts share at least one (see texts.py)."""

    __tablename__ = "text_trace"

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(64), primary_key=True, comment="fact:<finding>, feeling, note:<question>")
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(Text, comment="only letters and figures")
    mark_a: Mapped[int] = mapped_column(BigInteger, index=True)
    mark_b: Mapped[int] = mapped_column(BigInteger, index=True)
    mark_c: Mapped[int] = mapped_column(BigInteger, index=True)
    mark_d: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime]


class DeviceTrace(db.Base):
    """How many events of a walk came from a device."""

    __tablename__ = "device_trace"

    walk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("walkthrough.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    walker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    events: Mapped[int]
