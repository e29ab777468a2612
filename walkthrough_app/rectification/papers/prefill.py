"""What a new paper's form says before anybody has written in it: taken from the findings, their campaign and route."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.rectification.papers import conditions, figures, queries
from walkthrough_app.rectification.papers.contents import CLASSES
from walkthrough_app.rectification.papers.life import Kind
from walkthrough_app.rectification.papers.service.drafting import Draft
from walkthrough_app.rectification.rechecks import material
from walkthrough_app.rectification.rechecks import queries as rechecks

MOST_MATTER = 60  # characters
MOST_PICTURES = 4
OBJECTION_DAYS = 5  # working days that units named in a bulletin have
CLAUSE = "不能马上整改的，要明确整改时限和步骤"  # S002-65
WORK = "一事一报：写明整改措施、完成日期和责任人职务，附整改前后照片；不能按期办结的，须在时限前说明理由并申请延期。"
CONCLUSIONS = {
    Verb.PASSED: "已整改到位，同意销号。",
    Verb.KEEP_UP: "已整改，长期坚持，一年后再看。",
    Verb.FAILED: "没有整改到位，退回重办。",
}


@dataclass(frozen=True)
class Contact:
    """Where answers go and whom to ask."""

    receiver: str
    post: str
    phone: str


def contact_of(campaign: Campaign, lane: Lane | None) -> Contact:
    route = next((one for one in campaign.routes if one.lane is lane), None) or next(iter(campaign.routes), None)
    if route is None:
        return Contact("作风整顿办", "", "")
    return Contact(route.receiver, route.contact, route.phone)


def _common(campaign: Campaign, lane: Lane | None, user: User) -> dict[str, Any]:
    found = contact_of(campaign, lane)
    return {"issuer": user.unit.name, "contact_post": found.post, "contact_phone": found.phone, "copies_to": ""}


def basis(campaign: Campaign) -> str:
    return f"《{campaign.basis_title}》（{campaign.basis_number}）"


def told(finding: Finding) -> str:
    """Return what is wrong in one line: fact where there is one, else the title."""
    text = (finding.fact or finding.title).strip()
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def notice(findings: Sequence[Finding], user: User) -> dict[str, Any]:
    first, today = findings[0], clock.today()
    contact = contact_of(first.campaign, first.lane)
    due = terms.of(first.campaign_id).due_after(today, _worst(findings))
    codes = "、".join(one.code for one in findings)
    return _common(first.campaign, first.lane, user) | {
        "matter": _matter(findings),
        "basis": f"{basis(first.campaign)}：“{CLAUSE}”\n问题编号：{codes}",
        "texts": [told(one) for one in findings],
        "requirement": WORK,
        "due_on": due,
        "feedback": f"书面材料加盖单位公章，报{contact.receiver}",
        "issued_by": f"{user.unit.name}{user.post}",
        "urgency": "",
    }


def proposed_notice(findings: Sequence[Finding], user: User) -> Draft:
    """Return the draft of a notice as its form offers it, for who drafts without a form."""
    given = notice(findings, user)
    due_on, texts = given.pop("due_on"), given.pop("texts")
    problems = [{"code": one.code, "text": text} for one, text in zip(findings, texts, strict=True)]
    known = {"problems": problems, "due_on": due_on.isoformat(), "reasons": conditions.reasons(findings)}
    first = findings[0]
    return Draft(Kind.NOTICE, first.campaign, given["matter"], given | known, first.resp, due_on, "", findings)


def _worst(findings: Iterable[Finding]) -> str:
    order = ("minor", "moderate", "serious")
    return max((one.severity for one in findings), key=lambda one: order.index(one) if one in order else 1)


def _matter(findings: Sequence[Finding]) -> str:
    first = findings[0]
    item = f"“{first.task_name}”" if first.task_name else ""
    more = f"等{len(findings)}个问题" if len(findings) > 1 else "问题"
    return f"{item}{first.title.strip().rstrip('。')[:MOST_MATTER]}{more}限期整改"


def letter(findings: Sequence[Finding], user: User) -> dict[str, Any]:
    first, today = findings[0], clock.today()
    contact, setting = contact_of(first.campaign, first.lane), terms.of(first.campaign_id)
    due = [one.due_on or setting.due_after(today, one.severity) for one in findings]
    return _common(first.campaign, first.lane, user) | {
        "campaign": first.campaign.title,
        "source": f"根据主要负责同志走流程记录和{user.unit.name}核查",
        "facts": [told(one) for one in findings],
        "bases": [one.clause.strip() or basis(first.campaign) for one in findings],
        "demands": [one.measure.strip() or "查明原因，限期整改，举一反三" for one in findings],
        "dues": [max(one, today) for one in due],
        "reply_by": max([*due, today]),
        "objection_days": setting.objection_days,
        "receiver": contact.receiver,
    }


def record(finding: Finding, user: User) -> dict[str, Any]:
    """Take the last 回头看 of a finding: what was found then, what is seen now, pictures side by side."""
    checks = [one for one in ledger.entries_of(finding) if one.verb in CONCLUSIONS]
    last = checks[-1] if checks else None
    return {
        "issuer": user.unit.name,
        "code": finding.code,
        "item": finding.task_name or "—",
        "found_on": finding.found_on,
        "problem": told(finding),
        "measure": finding.result or finding.measure,
        "checked_on": finding.checked_on,
        "method": f"到现场重走“{finding.task_name}”，不打招呼、不亮身份。" if finding.task_name else "到现场核查。",
        "checker": f"{last.by.unit.name}{last.by.post}" if last and last.by else "",
        "state_now": finding.check_result,
        "conclusion": CONCLUSIONS[last.verb] if last else "",
        "measures": _measures(finding),
        "pictures": pairs(finding),
    }


def _measures(finding: Finding) -> list[dict[str, str]]:
    """Set what was measured at the step then beside what the last 回头看 measured."""
    found = [one for one in rechecks.of_finding(finding) if one.outcome]
    if not found:
        return []
    both = material.of(max(found, key=lambda one: one.decided_at or one.created_at))
    named = {f"{both.step}用时": "seconds", "排队等候": "wait_seconds"}
    looks = {name: (getattr(both.then, key), getattr(both.now, key)) for name, key in named.items()}
    timed = {name: two for name, two in looks.items() if None not in two}
    measured = [{"name": name, "then": _minutes(then), "now": _minutes(now)} for name, (then, now) in timed.items()]
    return measured + [{"name": one.text, "then": one.then or "—", "now": one.now or "—"} for one in both.answers]


def _minutes(seconds: int) -> str:
    return f"{clock.minutes(seconds)}分钟"


def pairs(finding: Finding) -> list[dict[str, str]]:
    """Set pictures of then beside pictures of now; of the work itself where nobody took any at the 回头看."""
    before = [one.sha256 for one in ledger.photos_of(finding, PhotoRole.BEFORE)]
    now = ledger.photos_of(finding, PhotoRole.RECHECK) or ledger.photos_of(finding, PhotoRole.AFTER)
    after = [one.sha256 for one in now]
    count = min(MOST_PICTURES, max(len(before), len(after)))
    return [{"then": _nth(before, n), "now": _nth(after, n)} for n in range(count)]


def _nth(found: Sequence[str], n: int) -> str:
    return found[n] if n < len(found) else ""


def bulletin(campaign: Campaign, findings: Sequence[Finding], user: User) -> dict[str, Any]:
    today = clock.today()
    contact = contact_of(campaign, user.role.lane)
    due = clock.add_workdays(today, terms.of(campaign.id).moderate_days)
    grouped = {letter: [fact_line(one) for one in findings if one.letter == letter] for letter in CLASSES}
    found = _common(campaign, user.role.lane, user) | {
        "campaign": campaign.title,
        "addressee": "各有关单位",
        "opening": f"按照{basis(campaign)}要求，{user.unit.name}组织了{campaign.title}",
        "overview": figures.overview(campaign, user, campaign.opens_on, today),
        "praise": "\n".join(_praise(campaign, user)),
        "demands": "各单位主要负责同志要对照通报的问题亲自过问，能改的马上改，一时不能改的明确时限、步骤和责任人。\n"
        f"{user.unit.name}将对整改情况开展“回头看”，对反弹的问题升级督办。",
        "deadline": "请有关单位对照问题认真整改，举一反三，"
        f"于{phrases.short_date(due)}前将整改情况报{contact.receiver}。",
        "due_on": due,
        "from_on": campaign.opens_on,
        "to_on": today,
        "receiver": contact.receiver,
        "scope": "all",
        "with_head": False,
    }
    return found | {f"facts_{letter}": "\n".join(grouped[letter]) for letter in CLASSES} | _titles()


def _titles() -> dict[str, str]:
    return {f"title_{letter}": title for letter, title in CLASSES.items()}


def fact_line(finding: Finding) -> str:
    """Return unit, item, day and fact in one line."""
    text = " ".join(told(finding).split()).removeprefix(finding.resp.name).lstrip("，：")
    item = f"“{finding.task_name}”" if finding.task_name else ""
    return f"{finding.resp.name}{item}，{phrases.short_date(finding.found_on)}，{text}"


def _praise(campaign: Campaign, user: User) -> list[str]:
    """Return the practices that were issued since the last bulletin, one line each."""
    bulletins = queries.issued(Kind.BULLETIN, user.unit_id, campaign.id)
    since = bulletins[-1].issued_at if bulletins else None
    briefs = queries.issued(Kind.BRIEF, user.unit_id, campaign.id)
    fresh = [one.data for one in briefs if since is None or (one.issued_at and one.issued_at > since)]
    return [" ".join(f"{one['unit_name']}：{one['practice']}{one['effect']}".split()) for one in fresh]


def brief(finding: Finding | None, user: User) -> dict[str, Any]:
    empty = {"title": "", "unit_name": "", "item": "", "practice": "", "effect": "", "fixed_as": "", "spread": ""}
    given = {"issuer": user.unit.name, **empty}
    if finding is None:
        return given
    return given | {
        "title": f"{finding.resp.name}整改“{finding.title.strip().rstrip('。')}”的做法",
        "unit_name": finding.resp.name,
        "item": finding.task_name,
        "practice": finding.measure,
        "effect": finding.result,
    }


def hearing_until() -> date:
    return clock.add_workdays(clock.today(), OBJECTION_DAYS)
