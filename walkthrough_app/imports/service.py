"""Uploading a file, looking at what it would do, confirming it: nothing is imported before."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.imports import items, queries, reading, units
from walkthrough_app.imports.columns import Kind
from walkthrough_app.imports.models import ImportBatch
from walkthrough_app.imports.verdicts import Fate, Review

LIFE = timedelta(hours=24)
LOOK_AGAIN = "上传以后，单位、人员或事项有了变化，结果和您刚才看到的不一样。请再看一遍，然后确认。"


def upload(kind: Kind, content: bytes, name: str, *, by: User) -> ImportBatch:
    """Keep the rows of a file until they are confirmed; Invalid("file") when it is not the template."""
    rows = reading.read(content, name, kind)
    for old in queries.stale(by):
        db.session.delete(old)
    batch = ImportBatch(kind=kind, file_name=name[:100], made_by_id=by.id, rows=rows, expires_at=clock.now() + LIFE)
    db.session.add(batch)
    db.session.flush()
    audit.record("import.uploaded", batch, by=by, kind=kind.value, rows=len(rows))
    return batch


def review(kind: Kind, rows: Sequence[Mapping[str, Any]], *, by: User | None) -> Review:
    """Say of each row what importing it would do, as things are now."""
    return units.review(rows, by) if kind is Kind.UNITS else items.review(rows, by)


def confirm(batch: ImportBatch, *, only_good: bool, seen: str, by: User) -> None:
    """Import the good rows, all or none; `seen` is what the page showed. Confirming twice imports once."""
    if batch.confirmed_at:
        return
    found = review(batch.kind, batch.rows, by=by)
    if found.bad and not only_good:
        raise Invalid("only_good", f"还有{len(found.bad)}行有问题。改好文件重新上传，或者勾选只导入没有问题的行。")
    if found.seen != seen:
        raise Conflict(LOOK_AGAIN)
    if not found.to_do:
        raise Conflict("没有要导入的内容。")
    apply(batch.kind, found, by=by)
    batch.confirmed_at, batch.rows = clock.now(), []
    batch.added, batch.changed = len(found.of(Fate.NEW)), len(found.of(Fate.CHANGED))
    batch.skipped = len(found.bad)
    db.session.flush()
    counts = {"added": batch.added, "changed": batch.changed, "skipped": batch.skipped}
    audit.record("import.confirmed", batch, by=by, kind=batch.kind.value, **counts)


def apply(kind: Kind, found: Review, *, by: User | None) -> None:
    """Write the rows that change something; Conflict when somebody was faster, and then none of them counts."""
    write = units.apply if kind is Kind.UNITS else items.apply
    try:
        write(found.to_do, by)
    except Invalid as error:
        raise Conflict(f"导入时有变化，一行也没有导入：{error.message}请重新上传。") from error


def discard(batch: ImportBatch, *, by: User) -> None:
    """Throw away what was uploaded and not confirmed."""
    if batch.confirmed_at:
        raise Conflict("已经导入的不能撤销，请到“单位与事项”里修改。")
    audit.record("import.discarded", batch, by=by)
    db.session.delete(batch)
    db.session.flush()
