"""`walkthrough import units|items FILE`: the same checks, nothing imported while one row is bad."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.imports.conftest import sheet
from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.cli import import_
from walkthrough_app.core import db
from walkthrough_app.imports.columns import Kind


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command on a database of its own, which knows one unit."""
    monkeypatch.delenv("WALKTHROUGH_DATABASE_URL", raising=False)
    monkeypatch.setenv("WALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(db, "session", scoped_session(sessionmaker()))
    engine = db.connect(f"sqlite:///{tmp_path / 'walkthrough.db'}")
    db.Base.metadata.create_all(engine)
    with db.transaction():
        db.session.add(Unit(name="示例市公安局", org_class=OrgClass.CITY_DEPT))

    def command(kind: Kind, content: bytes, *options: str) -> Result:
        path = tmp_path / "表.xlsx"
        path.write_bytes(content)
        return CliRunner().invoke(import_, [str(kind), str(path), *options])

    yield command
    db.session.remove()
    engine.dispose()


def test_good_rows_are_imported(run) -> None:
    answer = run(Kind.UNITS, sheet(Kind.UNITS, {}))
    assert (answer.exit_code, answer.stdout) == (0, "新增1，更新0，没有变化0，跳过0。\n")
    assert names(Unit.name) > {"示例市教育局"}
    assert run(Kind.UNITS, sheet(Kind.UNITS, {})).stdout == "新增0，更新0，没有变化1，跳过0。\n"


def test_one_bad_row_stops_everything_unless_it_is_skipped(run) -> None:
    content = sheet(Kind.ITEMS, {}, {"事项名称": "坏的", "承诺办结时限": "-1"}, {"事项名称": "", "单位名称": ""})
    answer = run(Kind.ITEMS, content)
    assert answer.exit_code == 1
    assert "第3行 承诺办结时限：不能是负数" in answer.stderr
    assert "第4行 事项名称：请填事项名称" in answer.stderr
    assert "2行有问题，什么也没有导入" in answer.stderr
    assert names(ServiceItem.task_name) == set()
    assert run(Kind.ITEMS, content, "--skip-bad").stdout == "新增1，更新0，没有变化0，跳过2。\n"
    assert names(ServiceItem.task_name) == {"无犯罪记录证明"}


def test_a_file_that_is_none_is_said_in_one_line(run, tmp_path: Path) -> None:
    answer = run(Kind.ITEMS, b"")
    assert (answer.exit_code, "文件是空的" in answer.stderr) == (1, True)
    gone = CliRunner().invoke(import_, ["units", str(tmp_path / "没有.xlsx")])
    assert "没有这个文件" in gone.stderr


def names(column) -> set[str]:
    db.session.expire_all()
    return set(db.session.scalars(select(column)))
