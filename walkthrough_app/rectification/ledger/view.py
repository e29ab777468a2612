"""Findings as lists and pages show them: codes in words, how far it is in time."""

from collections.abc import Sequence
from dataclasses import dataclass

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day
from walkthrough_app.rectification import machine, offers, queries, rights, service
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, FindingPhoto, PhotoRole
from walkthrough_app.rectification.rechecks import secrecy
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

CHIPS = {
    State.ASSIGNED: "brand",
    State.DISPUTED: "wait",
    State.RECTIFYING: "brand",
    State.RECTIFIED: "wait",
    State.RECHECKING: "wait",
    State.CLOSED: "good",
    State.RELAPSED: "bad",
}
SEVERITY_CHIPS = {"moderate": "wait", "serious": "bad"}
SOON = 3  # days


@dataclass(frozen=True)
class Row:
    """One finding in a list."""

    finding: Finding
    category: str
    step: str
    state: State
    cause: str = ""
    tags: tuple[str, ...] = ()

    @property
    def chip(self) -> tuple[str, str]:
        return CHIPS.get(self.state, ""), self.state.label

    @property
    def severity_chip(self) -> tuple[str, str]:
        return SEVERITY_CHIPS.get(self.finding.severity, ""), self.finding.severity_label

    @property
    def type_label(self) -> str:
        return RECTIFY_TYPES.get(self.finding.rectify_type, "")

    @property
    def late(self) -> str:
        """Say how many days it is overdue: 逾期3天; '' when it is not."""
        due_on = self.finding.due_on
        return f"逾期{(clock.today() - due_on).days}天" if due_on and self.finding.is_overdue else ""

    @property
    def soon(self) -> str:
        """Say that its day is near: 今天到期, 还有2天."""
        finding = self.finding
        if finding.due_on is None or finding.state not in State.unfinished():
            return ""
        left = (finding.due_on - clock.today()).days
        return "" if left < 0 or left > SOON else f"还有{left}天" if left else "今天到期"


def rows(findings: Sequence[Finding], user: User) -> list[Row]:
    """Return the findings as this user may see them: nobody is warned of a 回头看."""
    names = Names()
    return [
        Row(
            one,
            names.category(one.campaign_id, one.category),
            names.step(one.campaign_id, one.step),
            secrecy.state_for(user, one),
            names.cause(one.campaign_id, one.root_cause),
            tuple(names.tag(one.campaign_id, str(tag)) for tag in one.tags),
        )
        for one in findings
    ]


@dataclass(frozen=True)
class Standing:
    """What is open to a user at one finding now: the deeds, and why some that one would look for are not."""

    verbs: Sequence[Verb]
    closing: str = ""
    extending: str = ""

    def __contains__(self, name: str) -> bool:
        return name in self.verbs


def standing(user: User, finding: Finding) -> Standing:
    open_now = machine.verbs_of(secrecy.state_for(user, finding), rights.actors_of(user, finding))
    closing = service.why_not_close(finding, user) if Verb.CLOSE in open_now else ""
    extending = service.why_not_extend(finding) if Verb.ASK_EXTENSION in open_now else ""
    shut = {Verb.AMEND, Verb.REGISTER, Verb.ORDER_RECHECK}
    if finding.rectify_type != "immediate" or not queries.photos_of(finding, PhotoRole.BEFORE):
        shut.add(Verb.FIX_NOW)
    if closing:
        shut.add(Verb.CLOSE)
    if extending:
        shut.add(Verb.ASK_EXTENSION)
    if Verb.DISPUTE in open_now and clock.today() > service.objection_until(finding):
        shut.add(Verb.DISPUTE)
    if not queries.open_extension(finding):
        shut |= {Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION}
    return Standing([one for one in open_now if one not in shut], closing, extending)


def pictures(finding: Finding) -> dict[str, list[FindingPhoto]]:
    """Return the pictures by what they show."""
    found: dict[str, list[FindingPhoto]] = {role.value: [] for role in PhotoRole}
    for photo in queries.photos_of(finding):
        found[photo.role.value].append(photo)
    return found


def offered(user: User, finding: Finding) -> list[offers.Offer]:
    """Return the pages that lead on from a finding, for its desks; looking back for its head too."""
    return offers.at("finding", user, secrecy.state_for(user, finding))


def term(finding: Finding) -> str:
    """Write the term with what is special about it: 2026年12月1日，逾期3天."""
    if finding.due_on is None:
        return "没有"
    row = Row(finding, "", "", finding.state)
    return "，".join(part for part in (show_day(finding.due_on, year=True), row.late or row.soon) if part)
