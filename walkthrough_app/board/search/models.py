"""What can be found: one row for an item, a unit, a problem. All of it can be made anew, so nothing refers to it.

The index is the database's own: FTS5 beside the table in SQLite, a tsvector in it with GIN in PostgreSQL. Both are
made here and in migration 0012, and hidden from Alembic, which knows neither.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DDL, BigInteger, Index, Integer, String, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from walkthrough_app.core import db

FTS = "search_fts"
GIN = "ix_search_entry_tokens"
MADE = {
    "sqlite": f"CREATE VIRTUAL TABLE {FTS} USING fts5"
    "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    "postgresql": f"CREATE INDEX {GIN} ON search_entry USING gin (tokens)",
}


class Kind(StrEnum):
    PROBLEM = "problem"
    ITEM = "item"
    UNIT = "unit"

    @property
    def label(self) -> str:
        return {"problem": "问题", "item": "事项", "unit": "单位"}[self.value]


class SearchEntry(db.Base):
    """`id` counts up with time: the newest is found first by walking down the index."""

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_ref", "ref_id"),
        Index("ix_search_entry_walk", "walk_id"),
        Index("ix_search_entry_unit", "unit_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    kind: Mapped[Kind]
    ref_id: Mapped[uuid.UUID] = mapped_column(comment="the problem, item or unit")
    walk_id: Mapped[uuid.UUID | None] = mapped_column(comment="of a problem")
    item_id: Mapped[uuid.UUID | None]
    unit_id: Mapped[uuid.UUID]
    campaign_id: Mapped[uuid.UUID | None] = mapped_column(comment="of a problem")
    category: Mapped[str] = mapped_column(String(16), default="", comment="of a problem")
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, default="")
    context: Mapped[str] = mapped_column(Text, default="", comment="of a problem: the item's name")
    at: Mapped[datetime]
    tokens: Mapped[Any] = mapped_column(
        Text().with_variant(TSVECTOR(), "postgresql"), nullable=True, deferred=True, comment="in PostgreSQL only"
    )


for _dialect, _statement in MADE.items():
    event.listen(SearchEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
event.listen(SearchEntry.__table__, "after_drop", DDL(f"DROP TABLE IF EXISTS {FTS}").execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
