"""Checks one file and says in plain words what is proven; needs no server and no database."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from walkthrough_app.documents import inside
from walkthrough_app.documents.inside import Paper, UnreadableError
from walkthrough_app.reports.compose import compose
from walkthrough_app.verification import contents, seals
from walkthrough_app.verification.contents import BadDataError, Data
from walkthrough_app.verification.order import Relayout, digest
from walkthrough_app.verification.seals import Signed, Trust
from walkthrough_app.verification.verdict import Finding, State, Verdict


def check(file: BinaryIO, trust: Trust, *, relayout: Relayout = Relayout.TRUSTED) -> Verdict:
    """Return what the file proves; never raises, whatever the file holds."""
    sha256, size = digest(file)
    try:
        with inside.opened(file) as paper:
            return _look(paper, trust, relayout, sha256)
    except UnreadableError as error:
        return Verdict(sha256, size, (Finding("file", State.BROKEN, "文件", str(error)),))


def _look(paper: Paper, trust: Trust, relayout: Relayout, sha256: str) -> Verdict:
    signed, about_signature = seals.look(paper, trust)
    try:
        data = contents.read(paper)
    except BadDataError as error:
        findings = (Finding("origin", State.BROKEN, contents.ORIGIN, str(error)), *about_signature)
        return Verdict(sha256, paper.size, findings)
    origin = _origin(data, signed)
    if data is None:
        return Verdict(sha256, paper.size, (origin, *about_signature))
    about_data = list(contents.look(paper, data))
    about_text = list(_text(paper, data, signed, relayout))
    return Verdict(sha256, paper.size, (origin, *about_signature, *about_data, *about_text), **_facts(data))


def _origin(data: Data | None, signed: Signed | None) -> Finding:
    if data is None:
        return Finding("origin", State.UNPROVEN, contents.ORIGIN, contents.NONE)
    number = f"第{data['number']}版" if "number" in data else "没有定稿"
    what = f"{compose(data).title}（{number}）"
    if signed and signed.rank != "unknown":
        return Finding("origin", State.PROVEN, contents.ORIGIN, f"是本系统生成的走流程报告：{what}。")
    text = f"里面有走流程报告的数据：{what}。没有可信的签名，不能证明是本系统生成的。"
    return Finding("origin", State.UNPROVEN, contents.ORIGIN, text)


def _text(paper: Paper, data: Data, signed: Signed | None, relayout: Relayout) -> Iterator[Finding]:
    if relayout is Relayout.NEVER:
        return
    if relayout is Relayout.ALWAYS or (signed and signed.rank != "unknown"):
        yield contents.lay_out_again(paper, data, signed.signature if signed else None)


def _facts(data: Data) -> dict[str, Any]:
    return {
        "title": compose(data).title,
        "unit": data["unit"]["name"],
        "number": data.get("number", 0),
        "code": data.get("code", ""),
    }
