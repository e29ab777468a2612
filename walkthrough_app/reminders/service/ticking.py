"""The daily tick: who owes what this morning, told once to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.reminders import days, queries, words
from walkthrough_app.reminders.lines import Line
from walkthrough_app.reminders.models import Outlet
from walkthrough_app.reminders.queries.debts import Debt
from walkthrough_app.reminders.service import posting
from walkthrough_app.reminders.told import Telling, Told, since


@dataclass(frozen=True, slots=True)
class Day:
    """All that is told on a day: to people, and by robots to the groups."""

    day: date
    people: Sequence[Told]
    robots: Sequence[tuple[Outlet, str]]


def look(day: date) -> Day:
    """Find out who is to be told what on `day`, from the data as it is now; nothing is written."""
    telling, robots = Telling(), []
    if clock.is_workday(day):
        for campaign in queries.walking_campaigns(day):
            owed = queries.debts(campaign)
            for debt in owed:
                telling.debt(campaign, debt, day)
            robots += _robots(campaign, owed, day)
        for desk in queries.desks(since(day)):
            telling.desk(desk)
        _problems(telling, day)
    return Day(day, list(telling.by_user.values()), robots)


def tick(found: Day) -> dict[str, int]:
    """Write down what was found and hand it to the channels; doing it again adds nothing."""
    silenced, mails, said = queries.silenced(), 0, 0
    posting.give_up(found.day)
    for told in found.people:
        notice = posting.note(told.user, found.day, told.lines)
        mails += posting.post_mail(notice, told.user, silenced)
    for outlet, text in found.robots:
        said += posting.post_robot(outlet, found.day, text)
    return {"people": len(found.people), "mails": mails, "robots": said}


def owed_by(user: User) -> list[Line]:
    """Return what the user owes now, whatever the day."""
    telling, today = Telling(), clock.today()
    for campaign in queries.walking_campaigns(today):
        for debt in queries.debts_of(campaign, [user.unit_id]):
            telling.debt(campaign, debt, today, always=True)
    for desk in queries.desks(since(today), user):
        telling.desk(desk)
    _problems(telling, today, user)
    mine = telling.by_user.get(user.id)
    return mine.lines if mine else []


def _problems(telling: Telling, day: date, only: User | None = None) -> None:
    """Tell of problems to be put right, and of what waits for the desks; to one person: all there is."""
    reminded = queries.reminded_since(since(day))
    for one in queries.rectifying([only.unit_id] if only else None):
        telling.rectifying(one, day, reminded, always=only is not None)
    telling.papers(queries.papers([only.unit_id] if only else None), day, always=only is not None)
    for mine in queries.unsettled([only.unit_id] if only else None):
        telling.unsettled(mine, day, always=only is not None)
    for each in queries.waiting(only):
        telling.waiting(each)


def _robots(campaign: Campaign, owed: Sequence[Debt], day: date) -> list[tuple[Outlet, str]]:
    """Say in each lane's groups which units still owe their report: nothing of plans and walks."""
    if not days.is_reminder_day(campaign.report_due, day):
        return []
    speaking = [one for one in queries.outlets(campaign).values() if one.is_on and one.channel.is_robot and one.url]
    texts = {lane: _standing(campaign, lane, owed, day) for lane in {one.lane for one in speaking}}
    return [(one, texts[one.lane]) for one in speaking if texts[one.lane]]


def _standing(campaign: Campaign, lane: Lane, owed: Sequence[Debt], day: date) -> str:
    mine = [debt for debt in owed if debt.unit.lane is lane]
    names = [debt.unit.name for debt in mine if debt.owes_report]
    if not names:
        return ""
    when = words.report_until(campaign.report_due, campaign.late_after, day)
    return words.standing(campaign.title, expected=len(mine), owing=names, when=when)
