"""What people were told, by which channel, and what was given them to listen with."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db


class Channel(StrEnum):
    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"

    @property
    def label(self) -> str:
        return {"mail": "电子邮件", "wecom": "企业微信群", "dingtalk": "钉钉群"}[self.value]

    @property
    def is_robot(self) -> bool:
        return self is not Channel.MAIL


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"waiting": "等待发送", "sending": "正在发送", "sent": "已发送", "failed": "没有发出去"}[self.value]

    @property
    def is_open(self) -> bool:
        return self in {DeliveryState.WAITING, DeliveryState.SENDING}


class Notice(db.Row):
    """What one person is told on one day, however many things are owed: never two a day."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    day: Mapped[date]
    lines: Mapped[list[Any]] = mapped_column(default=list, comment="see reminders.lines.Line; names no item")
    read_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Outlet(db.Row):
    """How a campaign's lane speaks to the outside: a group robot with its address, or mail, which needs none."""

    __tablename__ = "outlet"
    __table_args__ = (UniqueConstraint("campaign_id", "lane", "channel"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    lane: Mapped[Lane]
    channel: Mapped[Channel]
    is_on: Mapped[bool] = mapped_column(default=True)
    url: Mapped[str] = mapped_column(default="", comment="holds the robot's key: never shown again")
    secret: Mapped[str] = mapped_column(default="", comment="signs what goes to DingTalk: never shown again")

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)


class Delivery(db.Row):
    """One message on its way out; `key` names person or robot and day, so that it never goes twice."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_outlet_id_created_at", "outlet_id", "created_at"),)

    key: Mapped[str] = mapped_column(String(120), unique=True)
    channel: Mapped[Channel]
    day: Mapped[date]
    notice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    outlet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("outlet.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(default="", comment="what a robot says")
    is_trial: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="", comment="why the last attempt failed, one sentence")
    sent_at: Mapped[datetime | None]

    notice: Mapped[Notice | None] = relationship(lazy="joined")
    outlet: Mapped[Outlet | None] = relationship(lazy="joined")


class Urge(db.Row):
    """A unit was pressed by hand: at most once a day."""

    __tablename__ = "urge"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "day"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))


class Feed(db.Row):
    """A person's calendar address: made from the row's id and the installation's secret; gone with the row."""

    __tablename__ = "feed"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), unique=True)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
