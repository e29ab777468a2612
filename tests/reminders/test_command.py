"""`walkthrough remind` shows who would be told what, and tells them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.reminders.conftest import told
from walkthrough_app import cli, wiring
from walkthrough_app.core import db
from walkthrough_app.reminders.models import Notice


@pytest.fixture
def remind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run the command on the tests' database."""
    monkeypatch.setenv("WALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "connect", lambda _settings: None)

    def run(*arguments: str):
        return CliRunner().invoke(cli.cli, ["remind", *arguments])

    return run


def test_a_look_shows_people_and_lines_and_writes_nothing(cast, plan, remind) -> None:
    said = remind("--dry-run").output
    assert "示例市公安局 head甲（一把手）" in said
    assert "还有1个事项没有走完流程，11月30日截止，还有7天。" in said
    assert "居民身份证补领" not in said
    assert db.session.query(Notice).count() == 0


def test_another_day_can_be_looked_at_only(cast, plan, remind) -> None:
    assert "还有3天" in remind("--dry-run", "--day", "2026-11-27").output
    assert "不是工作日，没有要提醒的" in remind("--dry-run", "--day", "2026-11-28").output
    refused = remind("--day", "2026-11-27")
    assert refused.exit_code == 2
    assert db.session.query(Notice).count() == 0


def test_done_by_hand_it_tells_them(cast, plan, remind) -> None:
    assert "已提醒6人" in remind().output
    assert told(cast.head)


def test_a_day_that_is_none_is_refused(remind) -> None:
    assert remind("--day", "soon").exit_code == 2
