"""A closing report: its facts as they were when it was asked for, and its files."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db


class ClosingReport(db.Row):
    """Never rewritten: asked for again, the next number is made."""

    __tablename__ = "closing_report"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(deferred=True, comment="walkthrough-closing/1, as in the PDF")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="none until the papers are made")
    pages: Mapped[int | None]
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    xlsx_sha256: Mapped[str | None] = mapped_column(String(64))

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    made_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
