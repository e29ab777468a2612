"""The rules of the notice: who walks what (S002-6…10), in which mode, when, and what comes before planning."""

import re
from datetime import date

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import WALKER_ROLES, OrgClass, Role, Unit, User
from walkthrough_app.campaigns import progress, queries
from walkthrough_app.campaigns.models import Campaign, CampaignState, Errand, Mode, PlanEntry, PlanState, ServiceItem
from walkthrough_app.campaigns.values import STANDARD_REASON
from walkthrough_app.core.errors import Conflict, Invalid, NotFound
from walkthrough_app.documents import phrases
from walkthrough_app.questionnaires import service as questionnaires

MUST_WALK = "“重要的、涉及核心职能的以及群众反映强烈的审批事项，一把手必须亲身体验”（通知一、1，S002-10）"
MAY_DELEGATE = f"“{STANDARD_REASON}的，可以安排或委托分管领导体验一些审批事项”（通知一、1，S002-8）"
LIST_FIRST = "“市委相关部门和群团组织先梳理本单位审批事项”（通知一、2，S002-11）"
ONLY_OWN = "体验人只能是本单位的主要负责同志，或者受委托的本单位分管领导（通知一、1，S002-9）。"
ONLY_SIMULATED = "只有亲身办可以虚拟事项、进行模拟体验（通知二、1，S002-15）。"
ONLY_CLOSING = "问题都销号以后，在“结束和归档”页归档。"
LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}")


def check_delegation(item: ServiceItem, walker: User, reason: str) -> None:
    """Raise Invalid unless `walker` may walk `item`; `reason` is the reason for delegating to a deputy."""
    if not walker.is_active or walker.unit_id != item.unit_id or walker.role not in WALKER_ROLES:
        raise Invalid("walker", ONLY_OWN)
    if walker.role is Role.HEAD:
        return
    if item.must_walk:
        why = "、".join(item.must_walk_reasons)
        raise Invalid("walker", f"{MUST_WALK}。本事项已标为{why}，不能委托分管领导。")
    if not reason.strip():
        raise Invalid("delegation_reason", f"委托分管领导体验要写明理由：{MAY_DELEGATE}。")


def objection(entry: PlanEntry) -> str:
    """Return why a plan entry may not be started as it stands now, or ''."""
    try:
        check_delegation(entry.item, entry.walker, entry.delegation_reason)
    except Invalid as error:
        return error.message
    return ""


def is_compliant(entry: PlanEntry) -> bool:
    """Tell whether the plan still keeps the delegation rule: an item may be flagged after it was delegated."""
    return not objection(entry)


def check_mode(campaign: Campaign, item: ServiceItem, mode: Mode, *, is_simulated: bool, errand: Errand | None) -> None:
    """Raise Invalid for a mode that the campaign's questionnaire does not have, or what does not go with it."""
    document = questionnaires.document_of(campaign.questionnaire)
    if mode.value not in {one.id for one in document.modes}:
        raise Invalid("mode", f"这个活动没有这种方式，请选{phrases.listed(one.name for one in document.modes)}。")
    if is_simulated and not document.for_mode(mode.value).simulation_stops:
        raise Invalid("is_simulated", "这个活动没有模拟事项。" if mode is Mode.IN_PERSON else ONLY_SIMULATED)
    if is_simulated and mode is not Mode.IN_PERSON:
        raise Invalid("is_simulated", ONLY_SIMULATED)
    if errand is None:
        return
    if mode is not Mode.ON_BEHALF:
        raise Invalid("errand", "只有代理办可以选待办事项（通知二、2，S002-16）。")
    if errand.item_id != item.id:
        raise Invalid("errand", "这件待办事项不属于这个事项，请重新选择。")


def check_dates(campaign: Campaign, from_on: date, to_on: date) -> None:
    first, last = phrases.short_date(campaign.opens_on), phrases.short_date(campaign.walk_due)
    if from_on > to_on:
        raise Invalid("to_on", "结束日期不能早于开始日期。")
    if from_on < campaign.opens_on:
        raise Invalid("from_on", f"活动从{first}开始，请选这天或以后的日期。")
    if to_on > campaign.walk_due:
        raise Invalid("to_on", f"走流程要在{last}前完成，请选这天或以前的日期。")


def check_single(campaign: Campaign, item: ServiceItem, walker: User, *, but: PlanEntry | None = None) -> None:
    """Raise Invalid when the walker has another live plan entry for the item."""
    others = [entry for entry in queries.live_entries(campaign, item, walker) if entry is not but]
    if others:
        raise Invalid("walker", f"{walker.name}已经安排了体验这个事项，不用重复安排。")


def check_may_plan(campaign: Campaign, unit: Unit) -> None:
    """Raise Conflict when the campaign is not open or not the unit's, or it still has to list its items (S002-11)."""
    if campaign.state is not CampaignState.OPEN:
        raise Conflict("这个活动不在进行中，不能再安排体验计划。")
    if not queries.takes_part(campaign, unit):
        raise Conflict(f"{unit.name}不参加这个活动，请在本单位参加的活动里安排。")
    if must_list_first(campaign, unit):
        raise Conflict(f"请先确认事项目录，再安排体验计划：{LIST_FIRST}。")


def must_list_first(campaign: Campaign, unit: Unit) -> bool:
    return unit.org_class.lists_first and queries.confirmation(campaign, unit) is None


def check_untouched(entry: PlanEntry) -> None:
    """Raise Conflict when the plan entry was dropped or its walk has begun."""
    if entry.state is PlanState.DROPPED:
        raise Conflict("这项计划已经取消，要体验请重新安排。")
    if progress.has_begun(entry):
        raise Conflict("这个事项已经开始走流程，计划不能再改。")


def check_campaign_dates(opens_on: date, walk_due: date, report_due: date) -> None:
    if walk_due < opens_on:
        raise Invalid("walk_due", "体验截止日期不能早于活动开始日期。")
    if report_due < walk_due:
        raise Invalid("report_due", "报送截止日期不能早于体验截止日期。")


def check_state(campaign: Campaign, state: CampaignState) -> None:
    """Raise Invalid when a campaign would go back to being prepared, and units would lose sight of their plans."""
    was = campaign.state or CampaignState.DRAFT
    if CampaignState.ARCHIVED in {was, state}:
        raise Conflict("活动已经归档，不能再改；要改请先撤销归档。" if was is CampaignState.ARCHIVED else ONLY_CLOSING)
    if state is CampaignState.DRAFT and was is not CampaignState.DRAFT and queries.plan_counts(campaign):
        raise Invalid("state", "已经有单位安排了体验计划，不能退回筹备；要停下来，请选“已结束”。")
    parent = queries.campaign(campaign.parent_id) if campaign.parent_id else None
    if state is not CampaignState.DRAFT and parent and parent.state is CampaignState.ARCHIVED:
        raise Conflict("市里的活动已经归档，不能再开展；要开展请先由市里撤销归档。")


def check_descent(county: Unit | None, parent: Campaign | None, by: User | None) -> None:
    """Raise Conflict unless the county may run a campaign of its own within the city's."""
    own = realm.county_of(by) if by else None
    if own and (county is None or county.id != own):
        raise NotFound
    if county and (county.org_class is not OrgClass.COUNTY or county.parent_id):
        raise Conflict("只有县（市）区可以开展自己的活动。")
    if parent and county and any(one.county_id == county.id for one in queries.children_of(parent)):
        raise Conflict(f"{county.name}已经开展了这个活动，请直接打开修改。")


def check_basis_dates(made_on: date | None, issued_on: date | None) -> None:
    if made_on and issued_on and issued_on < made_on:
        raise Invalid("basis_issued_on", "印发日期不能早于成文日期。")


def check_anonymous(summary: str) -> None:
    """Raise Invalid when a text holds what looks like a phone or card number."""
    if LONG_NUMBER.search(summary):
        raise Invalid("summary", "请不要写电话、证件号等号码，也不要写姓名，只写要办什么事。")
