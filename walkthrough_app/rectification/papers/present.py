"""From papers to ready values for their pages: no page computes anything itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.core import clock
from walkthrough_app.documents import papers as documents
from walkthrough_app.documents import phrases
from walkthrough_app.jobs import Job, JobState
from walkthrough_app.rectification import rights as ledger
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import contents, life, readers, rights, service
from walkthrough_app.rectification.papers.life import Kind, State, Verb, Who
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperEntry, PaperPrint, Part
from walkthrough_app.rectification.papers.service import hearing, prints

SLOW = timedelta(minutes=2)
CHIPS = {
    State.DRAFT: "",
    State.HEARING: "wait",
    State.REVIEWED: "brand",
    State.ISSUED: "brand",
    State.SIGNED: "brand",
    State.ANSWERED: "wait",
    State.REPLIED: "wait",
    State.RETURNED: "bad",
    State.CLOSED: "good",
}


@dataclass(frozen=True)
class Row:
    """A paper in a list; `chips` are (kind, text)."""

    paper: OfficialPaper
    title: str
    sub: str
    chips: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """What a paper says, on screen: its title, a table of facts, chapters."""

    title: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    chapters: Sequence[Chapter] = ()


@dataclass(frozen=True)
class Making:
    """How far a job is; with an `error` it was given up."""

    percent: int
    note: str
    error: str = ""
    is_slow: bool = False
    is_done: bool = False


@dataclass(frozen=True)
class Step:
    """A deed in the life of a paper, for its page."""

    who: str
    what: str
    entry: PaperEntry
    lines: Sequence[str]


@dataclass(frozen=True)
class Page:
    """What the page of a paper shows to one user; `verbs` are open to the user now."""

    paper: OfficialPaper
    sheet: Sheet
    facts: Sequence[tuple[str, str]]
    verbs: frozenset[Verb]
    steps: Sequence[Step]
    prints: Sequence[tuple[PaperPrint, Making | None]]
    findings: Sequence[Finding] = ()
    waiting: Sequence[str] = ()
    is_author: bool = False
    last: dict[str, Any] = field(default_factory=dict)

    @property
    def is_making(self) -> bool:
        return any(made and not made.error for _, made in self.prints)

    @property
    def chips(self) -> list[tuple[str, str]]:
        return chips(self.paper)


def rows(papers: Sequence[OfficialPaper]) -> list[Row]:
    return [Row(one, one.title, "　".join(_about(one)), chips(one)) for one in papers]


def _about(paper: OfficialPaper) -> Iterator[str]:
    yield paper.code or paper.kind.label
    if paper.unit:
        yield paper.unit.name
    if paper.issued_at:
        yield f"{phrases.short_date(clock.to_local(paper.issued_at).date())}签发"
    if paper.is_owed and paper.due_on:
        yield f"{phrases.short_date(paper.due_on)}前办结"


def chips(paper: OfficialPaper) -> list[tuple[str, str]]:
    found = [(CHIPS.get(paper.state, ""), paper.state.label)]
    if paper.late_days:
        found.append(("bad", f"逾期{paper.late_days}个工作日"))
    return found


def page(paper: OfficialPaper, user: User) -> Page:
    who = rights.who(user, paper)
    is_author = Who.AUTHOR in who
    shown = [one for one in paper.entries if is_author or user.role not in UNIT_ROLES or _is_told(one, user)]
    editions = [(one, None if one.pdf_sha256 else making(prints.job_of(one))) for one in paper.prints]
    is_heard = paper.state is State.HEARING and user.role in UNIT_ROLES
    waited = hearing.open_units(paper) if paper.state is State.HEARING and is_author else []
    return Page(
        paper=paper,
        sheet=_heard(paper, user) if is_heard else sheet(contents.of(prints.freeze(paper))),
        facts=[] if is_heard else list(_facts(paper)),
        verbs=frozenset(life.verbs_of(paper.kind, paper.state, who)),
        steps=[_step(one) for one in shown],
        prints=editions,
        findings=[one for one in paper.findings if ledger.sees(user, one)],
        waiting=[one.name for one in waited],
        is_author=is_author,
        last=_last(paper),
    )


def _heard(paper: OfficialPaper, user: User) -> Sheet:
    """Show a named unit what a bulletin says about it, and nothing about the others."""
    found = contents.of(prints.freeze(paper))
    assert isinstance(found, documents.Bulletin)
    names = [one.name for one in paper.units_of(Part.NAMED)]
    chapters = [Chapter(one.title, contents.about(user.unit.name, names, one.facts)) for one in found.problems]
    return Sheet(found.title_lines, chapters=[one for one in chapters if one.lines])


def _is_told(entry: PaperEntry, user: User) -> bool:
    """Tell whether a unit may read a deed: how the desk came to its paper is the desk's own."""
    inner = {Verb.DRAFT, Verb.AMEND, Verb.REVIEW, Verb.REOPEN}
    return entry.verb not in inner and (entry.verb is not Verb.OBJECT or entry.unit_id == user.unit_id)


def _facts(paper: OfficialPaper) -> Iterator[tuple[str, str]]:
    is_notice = paper.kind is Kind.NOTICE
    issued = clock.to_local(paper.issued_at).date() if paper.issued_at else None
    told = (
        ("编号", paper.code),
        ("承办单位" if is_notice else "单位", paper.unit.name if paper.unit else ""),
        ("协办单位", _names(paper, Part.CO)),
        ("督办原因", "、".join(paper.data.get("reasons", ()))),
        ("签发", phrases.full_date(issued) if issued else ""),
        ("办结时限", f"{phrases.full_date(paper.due_on)}前" if is_notice and paper.due_on else ""),
        ("发给", readers.told(paper).removeprefix("此件发至")),
        ("点名单位", _names(paper, Part.NAMED)),
        ("字数", f"{contents.length_of_brief(paper.data)}字" if paper.kind is Kind.BRIEF else ""),
    )
    yield from ((name, text) for name, text in told if text)


def _names(paper: OfficialPaper, part: Part) -> str:
    return "、".join(one.name for one in paper.units_of(part))


def _step(entry: PaperEntry) -> Step:
    return Step(entry.post, _what(entry), entry, list(_lines(entry)))


def _what(entry: PaperEntry) -> str:
    if entry.verb is Verb.OBJECT:
        return "没有意见" if entry.data.get("agrees") else "有意见"
    return entry.verb.label


def _lines(entry: PaperEntry) -> Iterator[str]:
    data = entry.data
    if entry.verb is Verb.URGE:
        yield f"{phrases.short_date(clock.day_of(data['on']) or clock.today())}，{data['channel']}"
    if entry.verb is Verb.HEAR:
        yield f"请于{phrases.short_date(clock.day_of(data['until']) or clock.today())}前答复"
    if entry.verb is Verb.SEND_BACK:
        yield f"新的时限：{phrases.short_date(clock.day_of(data['due_on']) or clock.today())}"
    yield from contents.lines(entry.text)
    for name in ("result", "evidence"):
        yield from contents.lines(data.get(name) or "")


def _last(paper: OfficialPaper) -> dict[str, Any]:
    """Return what was replied last, to be put right."""
    replies = [one for one in paper.entries if one.verb is Verb.REPLY]
    return {"done": replies[-1].text, "result": replies[-1].data["result"]} if replies else {}


def making(job: Job | None) -> Making | None:
    if job is None:
        return None
    if job.state is JobState.FAILED:
        return Making(0, "", error=job.error)
    is_slow = job.state is JobState.TODO and clock.now() - job.updated_at > SLOW
    note = job.note or job.error or "正在排队"
    return Making(job.progress, note, is_slow=is_slow, is_done=job.state is JobState.DONE)


def sheet(paper: documents.Paper) -> Sheet:
    """Return what a paper says for the screen."""
    match paper:
        case documents.SupervisionNotice():
            return _notice(paper)
        case documents.AssignmentLetter():
            return _letter(paper)
        case documents.Bulletin():
            return _bulletin(paper)
        case documents.RecheckRecord():
            return _record(paper)
        case documents.PracticeBrief():
            return Sheet([paper.title], chapters=[Chapter(title, contents.lines(text)) for title, text in paper.parts])
    raise TypeError(type(paper))


def _notice(paper: documents.SupervisionNotice) -> Sheet:
    facts = [
        ("督办事项", paper.matter),
        ("督办依据", "\n".join(paper.basis)),
        ("问题摘要", paper.problem_lines),
        ("办理要求", paper.requirement),
        ("办结时限", f"{phrases.full_date(paper.due_on)}前"),
        ("反馈方式", f"{paper.feedback}\n{paper.contact}"),
        ("签发", paper.issued_by),
    ]
    return Sheet(["督办通知单"], facts, [Chapter("", [f"{paper.unit}：", f"现将下列事项列入督办。{paper.order}"])])


def _letter(paper: documents.AssignmentLetter) -> Sheet:
    asked = (
        f"{paper.source}，发现你单位存在{len(paper.problems)}个问题。请认真核查，限期整改，"
        f"于{phrases.short_date(paper.reply_by)}前将整改情况书面反馈{paper.receiver}；"
        f"对事实有异议的，请在收到本函后{paper.objection_days}个工作日内书面提出。"
    )
    told = [
        Chapter(
            f"{n}.{one.item}（{one.number}）",
            [
                one.fact,
                f"依据：{one.basis}",
                f"要求：{one.demand}（{one.severity}，{phrases.short_date(one.due_on)}前）",
            ],
        )
        for n, one in enumerate(paper.problems, 1)
    ]
    return Sheet(paper.title_lines, (), [Chapter("", [f"{paper.addressee}：", asked]), *told])


def _bulletin(paper: documents.Bulletin) -> Sheet:
    chapters = [
        Chapter("", [f"{paper.addressee}：", f"{paper.basis}。现将有关情况通报如下："]),
        Chapter("一、总体情况", paper.overview.split("\n")),
        Chapter("二、好的做法", paper.praise),
        Chapter(f"{'三' if paper.praise else '二'}、存在的主要问题", ()),
        *(Chapter(one.title, [f"{n}.{fact}" for n, fact in enumerate(one.facts, 1)]) for one in paper.problems),
        Chapter(f"{'四' if paper.praise else '三'}、工作要求", [*paper.demands, paper.deadline]),
    ]
    return Sheet(paper.title_lines, (), [one for one in chapters if one.lines or one.title.endswith("主要问题")])


def _record(paper: documents.RecheckRecord) -> Sheet:
    facts = [
        ("问题编号", paper.problems),
        ("事项", paper.item),
        ("原问题", paper.problem),
        ("整改情况", paper.measure),
        ("核查日期", phrases.full_date(paper.checked_on)),
        ("核查方式", paper.method),
        ("核查人", paper.checker),
        ("现状", paper.state_now),
        ("结论", paper.conclusion),
        *((one.name, f"发现时{one.then}，回头看{one.now}") for one in paper.measures),
        ("照片", f"{len(paper.pictures)}组，见PDF" if paper.pictures else "没有"),
    ]
    return Sheet(["回头看记录"], facts)


def answered(paper: OfficialPaper) -> list[tuple[str, str]]:
    """Return what the named units have said: (unit, words)."""
    names = {one.id: one.name for one in paper.units_of(Part.NAMED)}
    return [(names.get(unit, "单位"), one.text) for unit, one in service.answers(paper).items()]
