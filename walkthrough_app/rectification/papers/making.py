"""From a form to a draft: what the form says, beside it the units that it is about."""

from collections.abc import Iterable, Sequence

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import contents
from walkthrough_app.rectification.papers.forms import BriefForm, BulletinForm, LetterForm, NoticeForm, RecordForm
from walkthrough_app.rectification.papers.life import Kind
from walkthrough_app.rectification.papers.models import Part
from walkthrough_app.rectification.papers.service import Draft
from walkthrough_app.rectification.papers.service.drafting import one_unit

REST = ("item", "found_on", "code", "measures", "pictures")  # of a 回头看, as it was found


def notice(form: NoticeForm, findings: Sequence[Finding], units: Sequence[Unit], reasons: Sequence[str]) -> Draft:
    data = form.said(findings) | {"reasons": list(reasons)}
    unit, campaign = one_unit(findings), findings[0].campaign
    co_units = [one for one in _chosen(form.co_units.data, units) if one.id != unit.id]
    parts = {Part.CO: co_units}
    return Draft(Kind.NOTICE, campaign, data["matter"], data, unit, form.due_on.data, "", findings, parts)


def letter(form: LetterForm, findings: Sequence[Finding]) -> Draft:
    data, unit = form.said(findings), one_unit(findings)
    title = f"关于交办{data['campaign']}发现问题的函"
    return Draft(Kind.LETTER, findings[0].campaign, title, data, unit, form.reply_by.data, "", findings)


def record(form: RecordForm, finding: Finding, rest: dict[str, object]) -> Draft:
    found_on = clock.day_of(str(rest["found_on"])) or finding.found_on
    kept = {name: rest[name] for name in REST} | {"found_on": found_on.isoformat()}
    data = form.said([finding]) | kept
    title = f"“{finding.title.strip().rstrip('。')}”回头看记录"
    return Draft(Kind.RECHECK, finding.campaign, title, data, finding.resp, None, "", [finding])


def bulletin(form: BulletinForm, campaign: Campaign, findings: Sequence[Finding], units: Sequence[Unit]) -> Draft:
    data = form.said(findings)
    title = f"关于{data['campaign']}明查暗访情况的通报"
    parts = {Part.READER: _chosen(form.readers.data, units), Part.NAMED: named(data, findings, units)}
    return Draft(Kind.BULLETIN, campaign, title, data, None, None, form.scope.data, findings, parts)


def brief(form: BriefForm, campaign: Campaign, findings: Sequence[Finding]) -> Draft:
    data = form.said(findings)
    unit = findings[0].resp if findings else None
    return Draft(Kind.BRIEF, campaign, data["title"], data, unit, None, "all", findings)


def named(data: dict[str, object], findings: Iterable[Finding], units: Iterable[Unit]) -> list[Unit]:
    """Return the units that a bulletin names; where a fact names nobody, those of the findings too."""
    ordered = sorted(units, key=lambda one: -len(one.name))
    found: dict[object, Unit] = {}
    is_unclear = False
    for letter in contents.CLASSES:
        for fact in contents.lines(str(data.get(f"facts_{letter}") or "")):
            here = _named_in(fact, ordered)
            found |= {one.id: one for one in here}
            is_unclear = is_unclear or not here
    if is_unclear:
        found |= {one.resp_id: one.resp for one in findings}
    return list(found.values())


def _named_in(fact: str, units: Iterable[Unit]) -> list[Unit]:
    """Return the units named in a line; 示例县 is not named by 示例县民政局."""
    found = []
    for unit in units:
        if unit.name in fact:
            found.append(unit)
            fact = fact.replace(unit.name, "　")
    return found


def _chosen(ids: Sequence[str] | None, units: Iterable[Unit]) -> list[Unit]:
    wanted = set(ids or ())
    return [one for one in units if str(one.id) in wanted]


def others(user: User, units: Iterable[Unit]) -> list[Unit]:
    """Return the units that may be written to: not the user's own office, nor another."""
    return [one for one in units if one.id != user.unit_id and one.org_class.value != "office"]
