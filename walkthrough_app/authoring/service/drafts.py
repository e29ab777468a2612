"""A draft begins, is saved again and again, goes back to an earlier save, or is thrown away."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import User
from walkthrough_app.authoring import pieces, plain, queries
from walkthrough_app.authoring.models import DraftSave, QuestionnaireDraft
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.questionnaires.models import Questionnaire
from walkthrough_app.questionnaires.validation import QuestionnaireError

LARGEST = 500_000  # bytes of a document
MOST_SAVES = 60  # that can be gone back to
RESERVED = "recheck"
TAKEN = "这份问卷已经有一份草稿，请打开那一份接着改。"


def start(
    data: Mapping[str, Any],
    *,
    by: User,
    based_on: Questionnaire | None = None,
    origin: str = "新建",
    left_out: Sequence[str] = (),
) -> QuestionnaireDraft:
    """Begin a draft; Invalid("key") when its id is taken, Conflict when somebody writes at it already."""
    document = _checked(data)
    key = based_on.key if based_on else str(document.get("id", ""))
    _check_key(key, is_new=based_on is None)
    newest = queries.newest(key)
    if queries.open_draft(key):
        raise Conflict(TAKEN)
    document |= {"id": key, "version": newest.version + 1 if newest else 1}
    draft = QuestionnaireDraft(
        key=key,
        title=_title(document),
        based_on_id=based_on.id if based_on else None,
        document=document,
        left_out=list(left_out),
        edited_by_id=by.id,
    )
    _insert(draft)
    _keep(draft, origin, by)
    audit.record("questionnaire.draft_started", draft, by=by, key=key, origin=origin)
    return draft


def _insert(draft: QuestionnaireDraft) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error


def _check_key(key: str, *, is_new: bool) -> None:
    if not pieces.ID.fullmatch(key):
        raise Invalid("key", "代号用小写字母开头，只有小写字母、数字和下划线，最多32个。")
    if key.startswith(RESERVED):
        raise Invalid("key", "这个代号系统自己要用，请换一个。")
    if is_new and queries.newest(key):
        raise Invalid("key", "已经有这个代号的问卷，请换一个，或者从那份问卷改起。")


def save(draft: QuestionnaireDraft, data: Mapping[str, Any], what: str, *, revision: int, by: User) -> None:
    """Keep what a form made of a draft; Conflict when somebody saved since the form was shown.

    Invalid says what cannot be kept even in a draft.
    """
    must_be_open(draft)
    must_be_newest(draft, revision)
    document = _checked(data)
    if draft.based_on_id:
        document["id"] = draft.key
    if document.get("id") != draft.key:
        _rename(draft, str(document.get("id", "")))
    if document == draft.document:
        return
    draft.document, draft.title = document, _title(document)
    draft.revision, draft.edited_by_id, draft.edited_at = draft.revision + 1, by.id, clock.now()
    db.session.flush()
    _keep(draft, what, by)
    audit.record("questionnaire.draft_saved", draft, by=by, revision=draft.revision, what=what)


def must_be_open(draft: QuestionnaireDraft) -> None:
    if draft.published_id:
        raise Conflict("这份草稿已经发布，不能再改。要改请从发布的版本新建草稿。")


def must_be_newest(draft: QuestionnaireDraft, revision: int) -> None:
    if revision != draft.revision:
        raise Conflict(
            f"{draft.edited_by.name}在{clock.to_local(draft.edited_at):%H:%M}也改了这份草稿，您这次的修改没有保存。"
            "请打开最新的草稿，再改一次。"
        )


def _rename(draft: QuestionnaireDraft, key: str) -> None:
    _check_key(key, is_new=True)
    if queries.open_draft(key):
        raise Invalid("key", "这个代号已经有一份草稿，请换一个。")
    draft.key = key


def go_back(draft: QuestionnaireDraft, to: int, *, revision: int, by: User) -> None:
    """Make the draft what it was after an earlier save; going back is a save itself, so it can be taken back too."""
    earlier = queries.save_of(draft, to)
    save(draft, earlier.document, f"恢复到第{to}次保存", revision=revision, by=by)


def discard(draft: QuestionnaireDraft, *, by: User) -> None:
    """Throw a draft away with all its saves."""
    must_be_open(draft)
    audit.record("questionnaire.draft_discarded", draft, by=by, key=draft.key, title=draft.title)
    db.session.execute(delete(DraftSave).where(DraftSave.draft_id == draft.id))
    db.session.delete(draft)
    db.session.flush()


def _keep(draft: QuestionnaireDraft, what: str, by: User) -> None:
    save_ = DraftSave(
        draft_id=draft.id, revision=draft.revision, what=what[:60], document=draft.document, saved_by_id=by.id
    )
    db.session.add(save_)
    db.session.execute(
        delete(DraftSave).where(DraftSave.draft_id == draft.id, DraftSave.revision <= draft.revision - MOST_SAVES)
    )
    db.session.flush()


def _checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of what may be kept as a draft: anything but the wrong kinds of things."""
    try:
        document: dict[str, Any] = plain.plain(data)
        plain.check_kinds(document)
    except QuestionnaireError as error:
        raise Invalid("", "；".join(error.problems[:3]) + "。") from error
    if len(ids.canonical(document)) > LARGEST:
        raise Invalid("", "问卷太大了，不能保存。")
    return document


def _title(document: Mapping[str, Any]) -> str:
    return str(document.get("title") or "没有名称的问卷")[:40]
