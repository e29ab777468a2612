"""Publishing questionnaires: a version that is out never changes."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.core import db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import queries, source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.models import Questionnaire

_read: dict[str, Document] = {}


def install_builtin() -> list[Questionnaire]:
    """Publish the built-in programmes that are not yet published; safe to repeat."""
    return [_install(data) for data in source.builtin()]


def _install(data: Mapping[str, Any]) -> Questionnaire:
    """Publish a built-in version; where an office has used its number for its own, under the next free one."""
    key, taken = data["id"], queries.find(data["id"], data["version"])
    if taken is None or taken.sha256 == digest(data):
        return publish(data)
    same = (row for row in queries.versions(key) if row.sha256 == digest({**data, "version": row.version}))
    return next(same, None) or publish({**data, "version": queries.versions(key)[0].version + 1})


def publish(data: Mapping[str, Any]) -> Questionnaire:
    """Publish a document once; RuntimeError when its version is out already with other content."""
    sha256 = digest(data)
    document = _parsed(data, sha256)
    known = queries.find(document.id, document.version)
    if known is None:
        known = Questionnaire(
            key=document.id, version=document.version, title=document.title, document=dict(data), sha256=sha256
        )
        db.session.add(known)
        db.session.flush()
    if known.sha256 != sha256:
        raise RuntimeError(f"{document.id} {document.version}: published versions never change")
    return known


def load(key: str, version: int | None = None) -> Questionnaire:
    """Return a published questionnaire, the newest version by default; NotFound when there is none."""
    row = queries.latest(key) if version is None else queries.find(key, version)
    if row is None:
        raise NotFound("没有这份问卷，或者这个版本还没有发布。")
    return row


def mode_name(mode: str) -> str:
    """Say what the newest published questionnaire that knows a mode calls it; its id when none does."""
    for row in queries.newest_first():
        found = next((one.name for one in document_of(row).modes if one.id == mode), None)
        if found:
            return found
    return mode


def document_of(row: Questionnaire) -> Document:
    """Return the typed document of a row; read once for each content."""
    return _parsed(row.document, row.sha256)


def _parsed(data: Mapping[str, Any], sha256: str) -> Document:
    if sha256 not in _read:
        _read[sha256] = Document.parse(data)
    return _read[sha256]
