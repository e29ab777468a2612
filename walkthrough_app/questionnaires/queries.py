"""Reads of published questionnaires."""

from collections.abc import Sequence

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.questionnaires.models import Questionnaire


def find(key: str, version: int) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(key=key, version=version))


def latest(key: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(key=key).order_by(Questionnaire.version.desc()).limit(1))


def versions(key: str) -> Sequence[Questionnaire]:
    """Return all versions of a questionnaire, the newest first."""
    query = select(Questionnaire).filter_by(key=key).order_by(Questionnaire.version.desc())
    return db.session.scalars(query).all()


def newest_first() -> Sequence[Questionnaire]:
    """Return all that is published but the small ones made for looking again."""
    query = select(Questionnaire).where(Questionnaire.key.not_like("recheck%"))
    return db.session.scalars(query.order_by(Questionnaire.created_at.desc())).all()
