"""Reads of published questionnaires."""

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.questionnaires.models import Questionnaire


def find(key: str, version: int) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(key=key, version=version))


def latest(key: str) -> Questionnaire | None:
    return db.session.scalar(select(Questionnaire).filter_by(key=key).order_by(Questionnaire.version.desc()).limit(1))
