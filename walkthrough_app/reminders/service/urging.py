"""催办 by hand: the lane or the office presses those whose report is still out."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.reminders import queries, words
from walkthrough_app.reminders.lines import Kind, Line
from walkthrough_app.reminders.models import Urge
from walkthrough_app.reminders.queries.owing import CLERKS, Owing
from walkthrough_app.reminders.service import posting


@dataclass(slots=True)
class Urged:
    """What came of it: units urged now, urged today already, owing nothing; `mails` went out, `silent` have nobody."""

    done: list[Unit] = field(default_factory=list)
    already: list[Unit] = field(default_factory=list)
    settled: list[Unit] = field(default_factory=list)
    silent: list[Unit] = field(default_factory=list)
    mails: int = 0


def urge(campaign: Campaign, units: Iterable[Unit], by: User) -> Urged:
    """Press units that owe their report: head and liaison are told in the system and by mail, once a day and unit.

    Forbidden outside of the user's lane or realm, Conflict when the campaign is not open.
    """
    if campaign.state is not CampaignState.OPEN:
        raise Conflict("这个活动不在进行中，不能催办。")
    wanted = list(units)
    for unit in wanted:
        _must_urge(unit, by)
    rows, result = {one.unit.id: one for one in queries.owing(campaign)}, Urged()
    for unit in wanted:
        _urge(campaign, unit, rows.get(unit.id), by, result)
    return result


def _must_urge(unit: Unit, by: User) -> None:
    is_mine = by.role is Role.OFFICE or (by.role.lane is not None and by.role.lane is unit.lane)
    if by.role not in CLERKS or not is_mine or not realm.sees(by, unit):
        raise Forbidden("只能催办本组、本级接收报告的单位。")


def _urge(campaign: Campaign, unit: Unit, row: Owing | None, by: User, result: Urged) -> None:
    if row is None:
        result.settled.append(unit)
        return
    if row.is_urged_today:
        result.already.append(unit)
        return
    people = _responsible(row)
    if not people:
        result.silent.append(unit)
        return
    if not posting.insert(Urge(campaign_id=campaign.id, unit_id=unit.id, day=clock.today(), by_id=by.id)):
        result.already.append(unit)
        return
    audit.record("unit.urged", unit, by=by, campaign=str(campaign.id), state=row.state)
    db.session.flush()
    result.mails += _tell(campaign, row, people, by)
    result.done.append(unit)


def _responsible(row: Owing) -> Sequence[User]:
    """Return the liaison, and the heads whose report is out."""
    ids: set[uuid.UUID] = {head.id for head in row.debt.heads_missing} | {
        one.report.head_id for one in row.debt.returned
    }
    return [user for user in row.debt.leads if user.role is Role.LIAISON or user.id in ids]


def _tell(campaign: Campaign, row: Owing, people: Sequence[User], by: User) -> int:
    who = by.role.label
    text = words.urged(who, row.due, clock.today()) if row.debt.missing else words.urged_returned(who)
    line, silenced, mails = Line.of(Kind.URGE, campaign, row.unit.lane, text), queries.silenced(), 0
    for user in people:
        notice = posting.note(user, clock.today(), [line])
        mails += posting.post_mail(notice, user, silenced)
    return mails
