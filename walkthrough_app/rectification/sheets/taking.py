"""Uploading a returned ledger, looking at what it would do, confirming it: nothing is done before."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from walkthrough_app.accounts.models import UNIT_ROLES, User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import AppError, Conflict, Invalid
from walkthrough_app.imports import queries as imports
from walkthrough_app.imports.columns import Kind
from walkthrough_app.imports.models import ImportBatch
from walkthrough_app.imports.service import LIFE
from walkthrough_app.imports.verdicts import Fate, Review, Verdict
from walkthrough_app.rectification import service
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.queries import ledger
from walkthrough_app.rectification.sheets import reading, wishes
from walkthrough_app.rectification.sheets.review import review as judged

LOOK_AGAIN = "上传以后，有的问题又办理过，结果和您刚才看到的不一样。请再看一遍，然后确认。"
KINDS = (Kind.LEDGER,)


def upload(content: bytes, name: str, unit: uuid.UUID | None, *, by: User) -> ImportBatch:
    """Keep the rows of a sheet that a unit returned until they are confirmed; Invalid names what is wrong."""
    whose = by.unit_id if by.role in UNIT_ROLES else unit
    if by.role not in UNIT_ROLES and whose not in {one.id for one in ledger.units(by)}:
        raise Invalid("unit", "请选择这是哪个单位交回的。")
    rows, made_at = reading.read(content, name)
    for old in imports.stale(by):
        db.session.delete(old)
    about = {"unit": str(whose), "made_at": made_at}
    batch = ImportBatch(
        kind=Kind.LEDGER, file_name=name[:100], made_by_id=by.id, rows=[about, *rows], expires_at=clock.now() + LIFE
    )
    db.session.add(batch)
    db.session.flush()
    audit.record("import.uploaded", batch, by=by, kind=batch.kind.value, rows=len(rows), unit=str(whose))
    return batch


def batch_for(user: User, batch_id: uuid.UUID, *, for_update: bool = False) -> ImportBatch:
    return imports.batch_for(user, batch_id, kinds=KINDS, for_update=for_update)


def review(batch: ImportBatch, *, by: User) -> Review:
    """Say of each row what taking it in would do, as things are now."""
    about, *rows = batch.rows
    return judged(rows, uuid.UUID(about["unit"]), about["made_at"], by=by)


def confirm(batch: ImportBatch, *, only_good: bool, seen: str, by: User) -> None:
    """Do what the good rows ask for, all or none; confirming twice does it once."""
    if batch.confirmed_at:
        return
    found = review(batch, by=by)
    if found.bad and not only_good:
        raise Invalid("only_good", f"还有{len(found.bad)}行有问题。改好文件重新上传，或者勾选只导入没有问题的行。")
    if found.seen != seen:
        raise Conflict(LOOK_AGAIN)
    if not found.to_do:
        raise Conflict("没有要导入的内容。")
    _apply(batch, found, by)
    batch.confirmed_at, batch.rows = clock.now(), []
    batch.changed, batch.skipped = len(found.of(Fate.CHANGED)), len(found.bad)
    db.session.flush()
    audit.record("import.confirmed", batch, by=by, kind=batch.kind.value, changed=batch.changed, skipped=batch.skipped)


def discard(batch: ImportBatch, *, by: User) -> None:
    """Throw away what was uploaded and not confirmed."""
    if batch.confirmed_at:
        raise Conflict("已经导入的不能撤销。")
    audit.record("import.discarded", batch, by=by)
    db.session.delete(batch)
    db.session.flush()


def _apply(batch: ImportBatch, found: Review, by: User) -> None:
    findings = ledger.by_code([one.values["code"] for one in found.to_do])
    for verdict in found.to_do:
        _do(findings[verdict.values["code"]], verdict, batch, by)


def _do(finding: Finding, verdict: Verdict, batch: ImportBatch, by: User) -> None:
    try:
        for name, deed in _deeds(finding, verdict.values["wishes"], by):
            deed({"entry_id": uuid.uuid5(batch.id, f"{finding.id} {name}"), "by_sheet": True})
    except AppError as error:
        raise Conflict(f"导入时有变化，一行也没有导入：{finding.code}：{error.message}") from error


def _deeds(finding: Finding, wanted: wishes.Wishes, by: User) -> Iterator[tuple[str, Callable[[dict[str, Any]], Any]]]:
    if wanted.plan:
        plan = wanted.plan
        yield "sign", lambda how: service.sign(finding, by=by, plan=plan, **how)
    if wanted.note:
        yield "note", lambda how: service.note(finding, wanted.note, by=by, **how)
    if wanted.extension:
        asked = wanted.extension
        yield "extension", lambda how: service.ask_extension(finding, *asked, by=by, **how)
    if wanted.done:
        day, result = wanted.done
        yield "done", lambda how: service.report_done(finding, result, [], by=by, done_on=day, **how)
