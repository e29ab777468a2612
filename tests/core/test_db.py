"""The database keeps what it acknowledged, and nothing of what failed."""

import uuid
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.core import db


def test_sqlite_is_one_that_does_not_lose_writes(own_engine) -> None:
    with own_engine.connect() as connection:
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        assert tuple(int(part) for part in version.split(".")) >= db.SAFE_SQLITE
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_enums_are_stored_by_value_and_come_back_as_themselves(session) -> None:
    unit = Unit(name="示例市档案馆", org_class=OrgClass.MASS_ORG)
    session.add(unit)
    session.flush()
    stored = session.execute(text("SELECT org_class FROM unit WHERE name = '示例市档案馆'")).scalar_one()
    session.expire_all()
    assert stored == "mass_org"
    assert unit.org_class is OrgClass.MASS_ORG


def test_a_moment_without_its_zone_is_never_stored(session, cast) -> None:
    cast.head.locked_until = datetime(2018, 7, 9, 9)
    with pytest.raises(StatementError):
        session.flush()
    session.rollback()


def test_a_get_never_writes(app: Flask, cast, client_for) -> None:
    name = f"示例-{uuid.uuid4()}"
    client = client_for(cast.admin)

    def sneaky() -> dict:
        db.session.add(Unit(name=name, org_class=OrgClass.COUNTY))
        return {}

    app.template_context_processors[None].append(sneaky)
    try:
        client.get("/admin/units")
    finally:
        app.template_context_processors[None].remove(sneaky)
    assert db.session.scalar(select(Unit).where(Unit.name == name)) is None


@pytest.fixture
def own_engine(tmp_path: Path, stage):
    bound = db.session.get_bind()
    engine = db.connect(f"sqlite:///{tmp_path / 'own.db'}")
    yield engine
    engine.dispose()
    db.session.remove()
    db.session.configure(bind=bound)
