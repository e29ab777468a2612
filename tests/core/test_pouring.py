"""Rows poured past the ORM read back as if they had been added one by one."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from walkthrough_app.core import db, pouring
from walkthrough_app.core.audit import AuditEntry

NOON = datetime(2026, 11, 28, 4, 0, 0, 250_000, tzinfo=UTC)


def row(**other) -> dict:
    nothing = {"actor_id": None, "subject_id": None, "created_at": NOON}
    told = {"verb": "a.b", "subject_kind": "\\x\t“引号”\n", "details": {"n": 1, "多": [None, "\t\\N"]}}
    return {"id": uuid.uuid4(), **nothing, **told, **other}


def test_every_type_comes_back_as_it_was(app) -> None:
    made = [row(), row(subject_id=uuid.uuid4(), details={}), row(subject_kind="")]
    assert pouring.pour(db.session.connection(), AuditEntry.__table__, made) == 3
    for one in made:
        found = db.session.get_one(AuditEntry, one["id"])
        assert {name: getattr(found, name) for name in one} == one


def test_more_rows_than_are_handed_over_together(app, monkeypatch) -> None:
    monkeypatch.setattr(pouring, "MOST", 4)
    assert pouring.pour(db.session.connection(), AuditEntry.__table__, (row(verb="many") for _ in range(11))) == 11
    assert db.session.scalar(select(func.count()).where(AuditEntry.verb == "many")) == 11
    assert pouring.pour(db.session.connection(), AuditEntry.__table__, ()) == 0


def test_a_row_that_is_there_already_refuses_all(app) -> None:
    known = row(verb="twice")
    pouring.pour(db.session.connection(), AuditEntry.__table__, [known])
    db.session.commit()
    with pytest.raises(IntegrityError):
        pouring.pour(db.session.connection(), AuditEntry.__table__, [row(verb="twice"), known])
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(AuditEntry.verb == "twice")) == 1
