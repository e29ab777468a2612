"""Reads of drafts and published versions. Only the city's office and its administrator write questionnaires."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import User
from walkthrough_app.authoring.models import DraftSave, QuestionnaireDraft
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.questionnaires import queries as questionnaires
from walkthrough_app.questionnaires.models import Questionnaire

HIDDEN = "recheck"  # the small ones made for looking again


def may_write(user: User) -> bool:
    """Tell whether somebody writes questionnaires: the city's office; a county's may look at what is published."""
    return user.role in STEWARDS and realm.county_of(user) is None


def must_write(user: User) -> None:
    if not may_write(user):
        raise Forbidden("问卷由市作风整顿办编写，您可以查看已发布的版本。")


def draft_for(user: User, draft_id: uuid.UUID, *, write: bool = False) -> QuestionnaireDraft:
    """Return a draft with its document; with `write` its row is locked until the request is over."""
    if user.role not in STEWARDS:
        raise NotFound
    must_write(user)
    query = select(QuestionnaireDraft).filter_by(id=draft_id).options(undefer(QuestionnaireDraft.document))
    locked = query.with_for_update().execution_options(populate_existing=True)  # what was read before may be old
    found = db.session.scalar(locked if write else query)
    if found is None:
        raise NotFound("没有这份草稿，可能已经删除了。")
    return found


def open_drafts() -> Sequence[QuestionnaireDraft]:
    query = (
        select(QuestionnaireDraft)
        .filter_by(published_id=None)
        .options(joinedload(QuestionnaireDraft.edited_by), joinedload(QuestionnaireDraft.based_on))
        .order_by(QuestionnaireDraft.edited_at.desc())
    )
    return db.session.scalars(query).all()


def open_draft(key: str) -> QuestionnaireDraft | None:
    return db.session.scalar(select(QuestionnaireDraft).filter_by(key=key, published_id=None))


def saves(draft: QuestionnaireDraft) -> Sequence[DraftSave]:
    """Return the saves of a draft, the newest first."""
    query = select(DraftSave).filter_by(draft_id=draft.id).options(joinedload(DraftSave.saved_by))
    return db.session.scalars(query.order_by(DraftSave.revision.desc())).all()


def save_of(draft: QuestionnaireDraft, revision: int) -> DraftSave:
    found = db.session.scalar(select(DraftSave).filter_by(draft_id=draft.id, revision=revision))
    if found is None:
        raise NotFound("这次保存已经不在了，请恢复到近一些的。")
    return found


def published_for(user: User, questionnaire_id: uuid.UUID) -> Questionnaire:
    found = db.session.get(Questionnaire, questionnaire_id)
    if user.role not in STEWARDS or found is None or found.key.startswith(HIDDEN):
        raise NotFound("没有这份问卷。")
    return found


def newest(key: str) -> Questionnaire | None:
    return questionnaires.latest(key)


def versions(key: str) -> Sequence[Questionnaire]:
    return questionnaires.versions(key)


def programmes() -> dict[str, list[Questionnaire]]:
    """Return what is published by key, of each the newest version first."""
    query = select(Questionnaire).where(Questionnaire.key.not_like(f"{HIDDEN}%"))
    found: dict[str, list[Questionnaire]] = {}
    for row in db.session.scalars(query.order_by(Questionnaire.key, Questionnaire.version.desc())):
        found.setdefault(row.key, []).append(row)
    return found
