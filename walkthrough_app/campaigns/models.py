"""A campaign with its basis and deadlines, the service items, and who walks what."""

import re
import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.models import Questionnaire


class CampaignState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class CampaignPurpose(StrEnum):
    """What a campaign's questionnaire is for: units walk their own services, or inspectors visit units."""

    WALK = "walk"
    VISIT = "visit"


class ItemKind(StrEnum):
    APPROVAL = "approval"
    PUBLIC_SERVICE = "public_service"

    @property
    def label(self) -> str:
        return "审批事项" if self is ItemKind.APPROVAL else "公共服务事项"


class DayType(StrEnum):
    """The unit of a time limit."""

    WORKDAY = "workday"
    DAY = "day"
    ONSPOT = "onspot"

    @property
    def label(self) -> str:
        return {DayType.WORKDAY: "个工作日", DayType.DAY: "日", DayType.ONSPOT: "当场办结"}[self]


class Mode(StrEnum):
    """How a walk is done. The three of S002 have rules of their own; a questionnaire may name others."""

    IN_PERSON = "in_person"
    ON_BEHALF = "on_behalf"
    ACCOMPANIED = "accompanied"

    @classmethod
    def _missing_(cls, value: object) -> "Mode | None":
        """Take the id of a mode that a questionnaire names: the same object each time."""
        if not isinstance(value, str) or not MODE_ID.fullmatch(value):
            return None
        other = str.__new__(cls, value)
        other._name_, other._value_ = value.upper(), value
        return cast("Mode", cls._value2member_map_.setdefault(value, other))

    @property
    def label(self) -> str:
        """Say it in the words of the questionnaires; its id when no published one knows it."""
        return MODE_LABELS.get(self) or questionnaires.mode_name(self.value)


MODE_ID = re.compile("[a-z][a-z0-9_]{0,31}")
MODE_LABELS = {Mode.IN_PERSON: "亲身办", Mode.ON_BEHALF: "代理办", Mode.ACCOMPANIED: "陪同办"}
MODE = db.Open(Mode)


class PlanState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Campaign(db.Row):
    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("report_due >= walk_due", name="report_after_walk"),
        UniqueConstraint("parent_id", "county_id"),
    )

    title: Mapped[str]
    parent_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("campaign.id"), index=True, comment="the city's campaign whose figures this one's roll up into"
    )
    county_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("unit.id"), comment="the county that runs it for its own units (S002-12); none: the city's"
    )
    programme: Mapped[str] = mapped_column(comment="the parent programme (S002-3)")
    basis_title: Mapped[str] = mapped_column(comment="the notice, without 《》")
    basis_number: Mapped[str] = mapped_column(comment="发文字号, e.g. 〔2018〕13号")
    basis_issuer: Mapped[str]
    basis_made_on: Mapped[date | None]
    basis_issued_on: Mapped[date | None]
    opens_on: Mapped[date]
    walk_due: Mapped[date]
    report_due: Mapped[date]
    grace_days: Mapped[int] = mapped_column(default=0, comment="working days after report_due that are not yet late")
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.OPEN)
    purpose: Mapped[CampaignPurpose] = mapped_column(
        default=CampaignPurpose.WALK, server_default="walk", comment="copied from the questionnaire, for lists"
    )
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("questionnaire.id"))
    thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)

    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined", innerjoin=True)
    routes: Mapped[list["Route"]] = relationship(order_by="Route.lane", lazy="selectin")

    @property
    def late_after(self) -> date:
        """Return the last day on which a report is not late: the deadline and the working days of grace."""
        return clock.add_workdays(self.report_due, self.grace_days or 0)

    def route(self, lane: Lane) -> "Route":
        return next(route for route in self.routes if route.lane == lane)


class Route(db.Row):
    """Where a lane's reports go, and whom to ask (S002-72…75)."""

    __tablename__ = "route"
    __table_args__ = (UniqueConstraint("campaign_id", "lane"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    lane: Mapped[Lane]
    receiver: Mapped[str] = mapped_column(comment="as the report addresses it")
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")


class ServiceItem(db.Row):
    """A service under the national field names (domain §3.2)."""

    __tablename__ = "service_item"
    __table_args__ = (UniqueConstraint("unit_id", "task_name", "is_place"), Index("ix_service_item_same", "same_id"))

    same_id: Mapped[uuid.UUID] = mapped_column(
        default=uuid.uuid4, comment="of the group of items that are the same in several units, see sameness.py"
    )
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    task_name: Mapped[str]
    task_code: Mapped[str] = mapped_column(default="")
    catalog_code: Mapped[str] = mapped_column(default="")
    item_kind: Mapped[ItemKind]
    is_place: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="a counter or an office that is visited: in no catalogue"
    )
    sector: Mapped[str] = mapped_column(default="")
    dept_name: Mapped[str] = mapped_column(default="")
    anticipate_day: Mapped[int | None]
    anticipate_type: Mapped[DayType | None]
    anticipate_explain: Mapped[str] = mapped_column(default="")
    promise_day: Mapped[int | None]
    promise_type: Mapped[DayType | None]
    promise_explain: Mapped[str] = mapped_column(default="")
    limit_scene_num: Mapped[int | None]
    fee: Mapped[str] = mapped_column(default="")
    transact_addr: Mapped[str] = mapped_column(default="")
    transact_time: Mapped[str] = mapped_column(default="")
    link_way: Mapped[str] = mapped_column(default="", comment="咨询方式")
    materials: Mapped[list[Any]] = mapped_column(default=list, comment="names of the materials the guide lists")
    is_important: Mapped[bool] = mapped_column(default=False)
    is_core_function: Mapped[bool] = mapped_column(default=False)
    is_complaint: Mapped[bool] = mapped_column(default=False)
    known_problems: Mapped[str] = mapped_column(default="", comment="S002-20")
    source_flag: Mapped[str] = mapped_column(default="", comment="where sample figures come from")
    is_active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    @property
    def must_walk(self) -> bool:
        """Tell whether the head must walk it in person (S002-10)."""
        return self.is_important or self.is_core_function or self.is_complaint

    @property
    def must_walk_reasons(self) -> list[str]:
        flags = (
            (self.is_important, "重要事项"),
            (self.is_core_function, "核心职能"),
            (self.is_complaint, "群众反映强烈"),
        )
        return [label for is_set, label in flags if is_set]

    @property
    def promise(self) -> str:
        """Write the promised limit as the guide does: 当场办结, 20个工作日, or ''."""
        return show_limit(self.promise_day, self.promise_type)

    @property
    def anticipate(self) -> str:
        return show_limit(self.anticipate_day, self.anticipate_type)


def show_limit(days: int | None, day_type: DayType | None) -> str:
    if day_type is DayType.ONSPOT:
        return day_type.label
    return f"{days}{day_type.label}" if days is not None and day_type else ""


class ItemMark(db.Base):
    """What an item shares with those that are the same: its name as it is compared, its national codes."""

    __tablename__ = "item_mark"
    __table_args__ = (Index("ix_item_mark_mark", "mark", "item_id"),)

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)


class CatalogConfirmation(db.Row):
    """A unit says its catalogue is complete; party departments and mass organisations must, before planning."""

    __tablename__ = "catalog_confirmation"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    confirmed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))


class Errand(db.Row):
    """A pending errand of a firm or a citizen from which a 代理办 walk is taken (S002-16). No names, no numbers."""

    __tablename__ = "errand"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"))
    principal: Mapped[str] = mapped_column(comment="firm | citizen")
    summary: Mapped[str]
    is_taken: Mapped[bool] = mapped_column(default=False)

    item: Mapped[ServiceItem] = relationship(lazy="joined", innerjoin=True)


class PlanEntry(db.Row):
    """One item, one walker, one window of dates (S002-21, S002-22)."""

    __tablename__ = "plan_entry"
    __table_args__ = (CheckConstraint("to_on >= from_on", name="dates_in_order"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_item.id"))
    walker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    errand_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("errand.id"))
    mode: Mapped[Mode] = mapped_column(MODE)
    is_simulated: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date]
    to_on: Mapped[date]
    focus_point: Mapped[str] = mapped_column(default="", comment="重点")
    difficulty: Mapped[str] = mapped_column(default="", comment="难点")
    test_question: Mapped[str] = mapped_column(default="", comment="题目")
    delegation_reason: Mapped[str] = mapped_column(default="", comment="S002-8; empty when the head walks")
    delegated_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    delegated_at: Mapped[datetime | None]
    state: Mapped[PlanState] = mapped_column(default=PlanState.CONFIRMED)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    campaign: Mapped[Campaign] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[ServiceItem] = relationship(lazy="joined", innerjoin=True)
    walker: Mapped[User] = relationship(foreign_keys=[walker_id], lazy="joined", innerjoin=True)

    @property
    def is_delegated(self) -> bool:
        return bool(self.delegation_reason)
