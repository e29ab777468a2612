"""What the server knows about a paper by its code, and whether a file is the one that was registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from walkthrough_app.reports import proof
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import ReportVersion
from walkthrough_app.verification import queries
from walkthrough_app.verification.verdict import Finding, State, Verdict

REGISTER, NEWEST = "服务器登记", "版本"


@dataclass(frozen=True)
class Entry:
    """One registered version; `sha256` is '' while its paper is still being made."""

    code: str
    unit: str
    title: str
    number: int
    newest: int
    confirmed_at: datetime
    received_at: datetime | None
    sha256: str

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest


def entry(code: str) -> Entry | None:
    """Find what is registered under a code as a person typed it; None when there is nothing."""
    tidy = proof.tidy_code(code)
    version = queries.version_by_code(tidy) if tidy else None
    return _entry(tidy, version) if version else None


def _entry(code: str, version: ReportVersion) -> Entry:
    report = version.report
    return Entry(
        code=proof.shown_code(code),
        unit=report.unit.name,
        title=compose(version.data).title,
        number=version.number,
        newest=report.versions[-1].number,
        confirmed_at=version.confirmed_at,
        received_at=version.received_at,
        sha256=version.pdf_sha256 or "",
    )


def compare(verdict: Verdict) -> Iterator[Finding]:
    """Compare a file with what is registered under its code; nothing is said about a file without one."""
    if not verdict.code:
        return
    known = entry(verdict.code)
    if known is None:
        text = "本服务器没有登记这份报告，可能是在别的服务器上定稿的。"
        yield Finding("register", State.UNPROVEN, REGISTER, text)
        return
    yield _same(verdict, known)
    yield _newest(known)


def _same(verdict: Verdict, known: Entry) -> Finding:
    if not known.sha256:
        return Finding("register", State.UNPROVEN, REGISTER, "这一版的PDF还在生成，过一会儿再核对。")
    if known.sha256 != verdict.sha256:
        text = f"服务器登记的第{known.number}版是另一个文件，与这个文件不同。"
        return Finding("register", State.BROKEN, REGISTER, text)
    return Finding("register", State.PROVEN, REGISTER, f"与服务器登记的第{known.number}版完全相同。")


def _newest(known: Entry) -> Finding:
    if not known.is_newest:
        text = f"这是第{known.number}版，后来又有第{known.newest}版，请以第{known.newest}版为准。"
        return Finding("version", State.UNPROVEN, NEWEST, text)
    received = "已经接收" if known.received_at else "还没有接收"
    return Finding("version", State.PROVEN, NEWEST, f"这是最新的一版，{received}。")
