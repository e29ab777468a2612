"""Speaking about a place: the lane begins and ends a matter, the unit's head and liaison answer."""

import uuid

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.reception import places, queries
from walkthrough_app.reception.models import Comment, Thread
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.models import SETTLED, Report, ReportVersion

LONGEST = 500
MOST = 200  # matters of one report: more is not review any more


def comment(version: ReportVersion, place: str, text: str, *, by: User, tap: uuid.UUID) -> Thread:
    """Begin a matter at a place of a version; the same form sent again begins nothing new."""
    report = version.report
    _must_be_lane(report, by)
    known = db.session.get(Comment, tap)
    if known:
        return _own(known, by)
    _must_be_open(report)
    title = title_of(version, place)
    if len(queries.threads_of(report)) >= MOST:
        raise Conflict(f"一份报告最多{MOST}条批注，请合并着写。")
    thread = Thread(report_id=report.id, number=version.number, place=place, title=title)
    db.session.add(thread)
    db.session.flush()
    _say(thread, text, by, tap)
    audit.record("report.commented", report, by=by, number=version.number, title=title, thread=str(thread.id))
    return thread


def answer(thread: Thread, text: str, *, by: User, tap: uuid.UUID) -> None:
    """Add to a matter: the lane, or the unit's head and liaison."""
    known = db.session.get(Comment, tap)
    if known:
        _own(known, by)
        return
    if not (reports.decides(by, thread.report) or reports.is_own(by, thread.report)):
        raise Forbidden("批注由报送单位和接收报告的工作组写，您可以查看。")
    _must_be_open(thread.report)
    _say(thread, text, by, tap)
    told = {"number": thread.number, "title": thread.title, "thread": str(thread.id)}
    audit.record("report.answered", thread.report, by=by, **told)


def resolve(thread: Thread, *, by: User) -> None:
    """Say that a matter is settled; only the lane does, and doing it again changes nothing."""
    _must_be_lane(thread.report, by)
    if thread.is_open:
        thread.resolved_at, thread.resolved_by_id = clock.now(), by.id
        _note("report.comment_resolved", thread, by)


def reopen(thread: Thread, *, by: User) -> None:
    _must_be_lane(thread.report, by)
    if not thread.is_open:
        _must_be_open(thread.report)
        thread.resolved_at, thread.resolved_by_id = None, None
        _note("report.comment_reopened", thread, by)


def title_of(version: ReportVersion, place: str) -> str:
    """Return the words of a place; NotFound when the version has no such place."""
    material = read(version.data)
    known = places.of(material, write(material))
    if place not in known:
        raise NotFound("这一版报告里没有这个位置，请回到报告再选。")
    return known[place]


def _say(thread: Thread, text: str, by: User, tap: uuid.UUID) -> None:
    words = text.strip()
    if not words:
        raise Invalid("text", "请写下意见。")
    if len(words) > LONGEST:
        raise Invalid("text", f"最多{LONGEST}个字，现在有{len(words)}个字。")
    db.session.add(Comment(id=tap, thread_id=thread.id, author_id=by.id, text=words))
    db.session.flush()
    db.session.expire(thread, ["comments"])


def _own(known: Comment, by: User) -> Thread:
    """Return the matter of a comment that was sent before; a comment of somebody else is no excuse to pass."""
    if known.author_id != by.id:
        raise Conflict
    return db.session.get_one(Thread, known.thread_id)


def _note(verb: str, thread: Thread, by: User) -> None:
    db.session.flush()
    audit.record(verb, thread.report, by=by, number=thread.number, title=thread.title, thread=str(thread.id))


def _must_be_lane(report: Report, by: User) -> None:
    if not reports.decides(by, report):
        raise Forbidden("批注由接收报告的工作组提出和了结，您可以查看。")


def _must_be_open(report: Report) -> None:
    if report.state in SETTLED:
        raise Conflict("报告已经接收，不再增加批注。")


def quoted(version: ReportVersion, place: str) -> str:
    """Return the text of the paragraph that a place names, as it stands in the version; '' for other places."""
    key = places.paragraph_of(place)
    known = write(read(version.data)).paragraph(key) if key else None
    return known.lead + known.text if known else ""
