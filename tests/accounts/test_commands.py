"""`walkthrough user …`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from walkthrough_app.accounts import queries
from walkthrough_app.accounts.commands import user
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.core import db
from walkthrough_app.core.errors import AppError

PERSON = ["--name", "新人", "--post", "局长", "--role", "head", "--unit", "示例市水务局"]


def test_the_first_administrator_is_made_and_invited(run: "Run") -> None:
    result = run("invite", "--first-admin", "--port", "8123")
    assert result.exit_code == 0
    assert "http://127.0.0.1:8123/invite/" in result.stdout
    assert "█" in result.stdout or "▄" in result.stdout or "\x1b[" in result.stdout
    token = result.stdout.split("/invite/")[1].split()[0]
    with db.transaction():
        admin = queries.open_invitation(token).user
        assert (admin.username, admin.role, admin.unit.name) == ("admin", Role.ADMIN, "市作风整顿办")
        assert admin.unit.org_class is OrgClass.OFFICE


def test_a_second_first_administrator_is_not_made(run: "Run") -> None:
    run("invite", "--first-admin")
    result = run("invite", "--first-admin")
    assert result.exit_code == 0
    assert "/invite/" not in result.stdout
    assert "已经有系统管理员了" in result.stderr


def test_a_person_is_added_invited_and_disabled(run: "Run") -> None:
    assert run("add", "Water", *PERSON).exit_code == 0
    assert "/invite/" in run("invite", "water").stdout
    assert run("disable", "water").exit_code == 0
    with db.transaction():
        person = db.session.scalars(select(User)).one()
        assert (person.username, person.role, person.is_active) == ("water", Role.HEAD, False)


def test_links_use_the_public_name(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALKTHROUGH_BASE_URL", "https://walk.example/")
    assert "https://walk.example/invite/" in run("invite", "--first-admin").stdout


def test_refusals_are_one_clear_sentence(run: "Run") -> None:
    assert "没有用户名是 nobody 的账号" in str(run("invite", "nobody").exception)
    assert "没有名称是“没有的单位”的单位" in str(run("add", "x1", *PERSON[:-1], "没有的单位").exception)
    run("add", "water", *PERSON)
    assert isinstance(run("add", "water2", *PERSON).exception, AppError)


def test_wrong_usage_is_status_two(run: "Run") -> None:
    assert run("invite").exit_code == 2
    assert run("invite", "water", "--first-admin").exit_code == 2
    assert run("add", "x").exit_code == 2


def test_a_database_without_tables_is_named(run: "Run") -> None:
    db.Base.metadata.drop_all(db.session.get_bind())  # type: ignore[arg-type]
    result = run("invite", "--first-admin")
    assert result.exit_code == 1
    assert "walkthrough db upgrade" in result.stderr


class Run:
    """Runs a command on a database of its own."""

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(user, arguments)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    for name in ("WALKTHROUGH_DATABASE_URL", "WALKTHROUGH_BASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(db, "session", scoped_session(sessionmaker()))
    engine = db.connect(f"sqlite:///{tmp_path / 'walkthrough.db'}")
    db.Base.metadata.create_all(engine)
    with db.transaction():
        db.session.add(Unit(name="示例市水务局", org_class=OrgClass.CITY_DEPT))
    yield Run()
    db.session.remove()
    engine.dispose()
