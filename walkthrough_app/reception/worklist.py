"""The rows of the desk's list in words: who waits for whom, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from walkthrough_app.accounts.models import OrgClass, User
from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day
from walkthrough_app.reception.values import Desk, Listed
from walkthrough_app.reports.models import ReportKind
from walkthrough_app.reports.present import days_late

CHIPS = {Desk.WAITING: "brand", Desk.RETURNED: "wait", Desk.RECEIVED: "good"}


@dataclass(frozen=True)
class RowView:
    """One report in the list. `waits` says who has to act and since when, `is_urgent` that a date has passed."""

    listed: Listed
    waits: str
    is_urgent: bool

    @property
    def chip(self) -> str:
        return CHIPS[self.listed.desk]

    @property
    def days_late(self) -> int:
        return days_late(self.listed.report, self.listed.version)

    @property
    def is_supplement(self) -> bool:
        return self.listed.report.kind is ReportKind.SUPPLEMENT


def rows(listed: Sequence[Listed], user: User) -> list[RowView]:
    we = "本组" if user.role.lane else "工作组"
    return [RowView(one, *_waits(one, we)) for one in listed]


def classes_of(user: User) -> list[OrgClass]:
    """Return the classes of units whose reports can lie on the user's desk."""
    return [one for one in OrgClass if one.lane and user.role.lane in {None, one.lane}]


def _waits(one: Listed, we: str) -> tuple[str, bool]:
    if one.desk is Desk.WAITING and one.version.submitted_at:
        days = (clock.today() - clock.to_local(one.version.submitted_at).date()).days
        return (f"{we}处理，已等{days}天" if days else f"{we}处理，今天收到"), False
    if one.desk is Desk.RETURNED and one.version.return_due_on:
        left = (one.version.return_due_on - clock.today()).days
        if left < 0:
            return f"单位补充，已超{-left}天", True
        return f"单位补充，{show_day(one.version.return_due_on)}前", False
    return ("单位补充" if one.desk is Desk.RETURNED else ""), False
