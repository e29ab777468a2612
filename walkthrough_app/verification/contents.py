"""The report inside a paper: its data, the digests in it, the pictures, and whether the text says the same."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from walkthrough_app.core.errors import AppError
from walkthrough_app.core.ids import canonical
from walkthrough_app.documents import inside, revisions
from walkthrough_app.documents.inside import Paper, Signature
from walkthrough_app.documents.window import Window
from walkthrough_app.reports import data as reports
from walkthrough_app.reports import proof
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.from_package import made_at
from walkthrough_app.reports.render import DATA_NAME, render
from walkthrough_app.verification.verdict import Finding, State

ORIGIN, DATA, EVENTS, EVIDENCE, TEXT = "走流程报告", "报告数据", "体验记录", "佐证", "正文与数据"
MALFORMED = (AppError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
NONE = "里面没有走流程报告的数据：不是本系统生成的专项报告，或者数据被去掉了。"
MANY = "里面有几份报告数据，分不清哪一份是真的。"
UNREADABLE = "里面的报告数据读不出来。"
ALTERED = "里面的报告数据不是本系统写的样子，可能被改动过。"

Data = dict[str, Any]


class BadDataError(ValueError):
    """The paper carries no usable report; the text is a sentence for the user."""


def read(paper: Paper) -> Data | None:
    """Return the report's data, None when there is none; BadDataError when it cannot be ours."""
    found = paper.attachments(DATA_NAME)
    if not found:
        return None
    if len(found) > 1:
        raise BadDataError(MANY)
    if found[0] is None:
        raise BadDataError(UNREADABLE)
    return _parsed(found[0])


def _parsed(content: bytes) -> Data:
    try:
        data = json.loads(content)
        is_ours = isinstance(data, dict) and canonical(data) == content
        if is_ours:
            reports.check(data)
            compose(data)
    except MALFORMED as error:
        raise BadDataError(ALTERED) from error
    if not is_ours:
        raise BadDataError(ALTERED)
    return cast("Data", data)


def look(paper: Paper, data: Data) -> Iterator[Finding]:
    """Compare the data with its own digests, and the pictures with the list of evidence."""
    if "proof" not in data:
        yield Finding("events", State.UNPROVEN, EVENTS, "报告数据里没有登记摘要（早期版本生成），不能核对。")
        return
    made = proof.of_data(data)
    yield _events(data, made)
    yield _evidence(paper, data, made)


def _events(data: Data, made: Mapping[str, Any]) -> Finding:
    walks, count = len(made["walks"]), sum(one["events"] for one in made["walks"])
    if made["walks"] != data["proof"]["walks"]:
        return Finding("events", State.BROKEN, EVENTS, "体验记录与登记的摘要对不上，定稿以后被改动过。")
    faults = [one for walk in data["walks"] for one in proof.faults(walk["events"])]
    if faults:
        text = f"有{len(faults)}条体验记录与手机当时记下的校验值对不上，被改动过。"
        return Finding("events", State.BROKEN, EVENTS, text)
    return Finding("events", State.PROVEN, EVENTS, f"{walks}次体验、{count}条记录，与定稿时登记的摘要一致。")


def _evidence(paper: Paper, data: Data, made: Mapping[str, Any]) -> Finding:
    shown = {photo.sha256 for photo in compose(data).photos}
    there = set(pictures(paper))
    listed = {one["sha256"] for one in made["evidence"]}
    if made["evidence"] != data["proof"]["evidence"] or not shown <= listed:
        return Finding("evidence", State.BROKEN, EVIDENCE, "佐证清单与体验记录对不上。")
    wrong = len(shown - there) + len(there - shown)
    if wrong:
        return Finding("evidence", State.BROKEN, EVIDENCE, f"文件里的照片与佐证清单对不上（{wrong}处），可能被换过。")
    text = f"文件里的{len(shown)}张照片与佐证清单一致，清单共{len(made['evidence'])}项。"
    return Finding("evidence", State.PROVEN, EVIDENCE, text)


def pictures(paper: Paper) -> dict[str, bytes]:
    """Return the pictures in the paper by their SHA-256."""
    return {hashlib.sha256(one).hexdigest(): one for one in paper.jpegs()}


def lay_out_again(paper: Paper, data: Data, signature: Signature | None) -> Finding:
    """Lay the data out anew and compare byte by byte: the strongest proof that the text says what the data says."""
    try:
        made = render(data, pictures(paper), generated=made_at(data)).pdf
    except (*MALFORMED, RuntimeError, OSError):
        return Finding("text", State.UNPROVEN, TEXT, "本机不能重新排版，正文没有用这个办法核对。")
    if _begins_with(paper.file, made) and (len(made) == paper.size or _is_only_signed(paper, len(made), signature)):
        return Finding("text", State.PROVEN, TEXT, "用里面的数据重新排版，与这个文件逐字节相同。")
    text = "重新排版的结果与文件不是逐字节相同（本机的字体或版本可能不同），不能用这个办法证明。"
    return Finding("text", State.UNPROVEN, TEXT, text)


def _begins_with(file: BinaryIO, beginning: bytes) -> bool:
    file.seek(0)
    return file.read(len(beginning)) == beginning


def _is_only_signed(paper: Paper, size: int, signature: Signature | None) -> bool:
    if signature is None or signature.size != paper.size:
        return False
    with inside.opened(cast("BinaryIO", Window(paper.file, size))) as plain:
        return revisions.is_only_signed(plain, paper)
