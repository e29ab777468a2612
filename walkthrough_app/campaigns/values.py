"""What a use case of campaigns is given, by name."""

from datetime import date
from typing import NotRequired, TypedDict

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignState, DayType, Errand, ItemKind, Mode
from walkthrough_app.questionnaires.models import Questionnaire

STANDARD_REASON = "因事项较多，不能在规定时间内完成体验"

# The working days after the deadline that an office may still count as in time.
MOST_GRACE = 30

PRINCIPALS = {"firm": "企业", "citizen": "群众"}
STATE_LABELS = {
    CampaignState.DRAFT: "筹备中",
    CampaignState.OPEN: "进行中",
    CampaignState.CLOSED: "已结束",
    CampaignState.ARCHIVED: "已归档",
}


class CampaignFields(TypedDict):
    title: str
    programme: str
    basis_title: str
    basis_number: str
    basis_issuer: str
    basis_made_on: NotRequired[date | None]
    basis_issued_on: NotRequired[date | None]
    opens_on: date
    walk_due: date
    report_due: date
    grace_days: NotRequired[int]
    questionnaire: Questionnaire
    thresholds: NotRequired[dict[str, int]]
    state: NotRequired[CampaignState]


class Descent(TypedDict):
    """Where a county's campaign comes from: the county that runs it, and the city's campaign it rolls up into."""

    county: Unit | None
    parent: Campaign | None


class RouteFields(TypedDict):
    receiver: str
    contact: NotRequired[str]
    phone: NotRequired[str]
    email: NotRequired[str]


class ItemDetails(TypedDict, total=False):
    """The national data elements that may stay empty (domain §3.2), and what this programme adds."""

    task_code: str
    catalog_code: str
    sector: str
    dept_name: str
    anticipate_day: int | None
    anticipate_type: DayType | None
    anticipate_explain: str
    promise_day: int | None
    promise_type: DayType | None
    promise_explain: str
    limit_scene_num: int | None
    fee: str
    transact_addr: str
    transact_time: str
    link_way: str
    materials: list[str]
    is_important: bool
    is_core_function: bool
    is_complaint: bool
    known_problems: str
    source_flag: str


class ItemChanges(ItemDetails, total=False):
    task_name: str
    item_kind: ItemKind


class PlanFields(TypedDict):
    walker: User
    mode: Mode
    from_on: date
    to_on: date
    is_simulated: NotRequired[bool]
    errand: NotRequired[Errand | None]
    focus_point: NotRequired[str]
    difficulty: NotRequired[str]
    test_question: NotRequired[str]
    delegation_reason: NotRequired[str]
