"""What stands in one person's calendar: the deadlines that are theirs, and the walker's own plans."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from walkthrough_app.accounts.models import UNIT_ROLES, Role, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState, PlanEntry, PlanState
from walkthrough_app.core import db
from walkthrough_app.reminders.calendar import Entry
from walkthrough_app.reminders.queries.debts import Debt, debts_of
from walkthrough_app.reminders.queries.feeds import Changes, moments
from walkthrough_app.reminders.queries.rectifying import rectifying
from walkthrough_app.walkthroughs import queries as walkthroughs
from walkthrough_app.walkthroughs.models import WalkState

LEADS = frozenset({Role.HEAD, Role.LIAISON})


def agenda(user: User) -> list[Entry]:
    """Return the entries of a user's calendar. A deputy's knows of deadlines only while the deputy has a walk to do."""
    if user.role not in UNIT_ROLES:
        return []
    entries: list[Entry] = []
    query = select(Campaign).where(Campaign.state == CampaignState.OPEN, Campaign.purpose == CampaignPurpose.WALK)
    for campaign in db.session.scalars(query.order_by(Campaign.walk_due, Campaign.id)):
        for debt in debts_of(campaign, [user.unit_id]):
            entries += _deadlines(user, campaign, debt)
    entries += _problems(user)
    entries += _plans(user)
    known = moments([entry.subject for entry in entries])
    return [_dated(entry, known.get(entry.subject)) for entry in entries]


def _deadlines(user: User, campaign: Campaign, debt: Debt) -> Iterator[Entry]:
    owes_plan = user.role in LEADS and (debt.is_unplanned or debt.uncovered > 0)
    walks = user.id in debt.unwalked or owes_plan
    if user.role in LEADS or walks:
        what = f"体验截止（{campaign.title}）"
        yield _entry("walk-due", campaign, campaign.walk_due, what, "走流程在这一天前完成。", alarms=walks)
    if user.role in LEADS:
        reports = debt.missing > 0 and (user.role is Role.LIAISON or user in debt.heads_missing)
        what = f"专项报告报送截止（{campaign.title}）"
        yield _entry("report-due", campaign, campaign.report_due, what, "专项报告在这一天前报送。", alarms=reports)
        for one in debt.returned:
            if one.asked_on and (user.role is Role.LIAISON or one.report.head_id == user.id):
                text = "专项报告退回补充，在这一天前重新报送。"
                yield _entry("returned", one.report, one.asked_on, "专项报告重新报送", text, alarms=True)


def _entry(key: str, subject: db.Row, day: date, summary: str, text: str, *, alarms: bool) -> Entry:  # noqa: PLR0913
    return Entry(key, subject.id, day, day, summary, text, subject.created_at, 0, alarms)


def _problems(user: User) -> Iterator[Entry]:
    """Return the days by which the unit's problems are to be put right, without saying of which item."""
    if user.role not in LEADS:
        return
    for one in rectifying([user.unit_id]):
        for term in one.terms:
            if term.due_on:
                text = "在这一天前整改完并报告结果。"
                made_at = one.campaign.created_at
                yield Entry("rectify", term.id, term.due_on, term.due_on, "问题整改到期", text, made_at, 0, alarms=True)


def _plans(user: User) -> list[Entry]:
    """Return the walker's own windows, under words that tell a bystander nothing."""
    query = select(PlanEntry).where(PlanEntry.walker_id == user.id, PlanEntry.state == PlanState.CONFIRMED)
    plans = [one for one in db.session.scalars(query.order_by(PlanEntry.from_on, PlanEntry.id)) if _is_open(one)]
    walks = walkthroughs.walks_of_plans(plans) if plans else {}
    return [_plan(one) for one in plans if one.id not in walks or walks[one.id].state is WalkState.IN_PROGRESS]


def _is_open(plan: PlanEntry) -> bool:
    return plan.campaign.state is CampaignState.OPEN


def _plan(plan: PlanEntry) -> Entry:
    summary = f"办事：{plan.item.task_name}"
    return Entry("plan", plan.id, plan.from_on, plan.to_on, summary, "", plan.created_at, 0, alarms=True)


def _dated(entry: Entry, changes: Changes | None) -> Entry:
    """Put in when the thing last changed, and how often it has: once is how it was made."""
    if changes is None:
        return entry
    at: datetime = max(changes.last_at, entry.changed_at)
    return Entry(
        entry.key,
        entry.subject,
        entry.first,
        entry.last,
        entry.summary,
        entry.description,
        at,
        max(0, changes.count - 1),
        entry.alarms,
    )
