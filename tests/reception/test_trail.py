"""The audit trail of a report: every deed in one Chinese sentence, for its unit, its lane and the office."""

import re
from types import SimpleNamespace

import pytest

from tests.reception.conftest import Doors
from tests.reports import stage
from walkthrough_app.config import ROOT
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import trail
from walkthrough_app.reception.models import Thread
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report


def told(page: str) -> list[str]:
    return re.findall(r"</p><p>([^<]*)</p>", page.partition('class="trail"')[2])


def test_everything_is_told_the_latest_first(corrected: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).get(f"/reports/{corrected.id}/trail").text
    assert told(page) == [
        "报送第2版", "核对无误，确认第2版", "退回草稿，开始修改", "退回第1版", "报送第1版", "核对无误，确认第1版",
    ]  # fmt: skip
    assert "作风评议组 组长" in page
    assert "示例市公安局 办公室主任" in page
    assert "附件不全；请在" in page
    assert cast.head.name not in page


def test_the_unit_sees_its_own_desk_too(corrected: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.liaison).get(f"/reports/{corrected.id}/trail").text
    assert "生成报告，写进1次走流程" in page
    assert "生成第1版的PDF" in page
    assert "系统" in page


def test_comments_stand_in_it(thread: Thread, cast: SimpleNamespace, client_for: Doors) -> None:
    assert "对第1版提出批注" in client_for(cast.office).get(f"/reports/{thread.report_id}/trail").text


def test_what_never_reached_the_lane_is_not_told_it(
    corrected: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    service.return_(corrected, ["附件不全"], by=cast.style)
    service.take_back(corrected, by=cast.liaison)
    stage.confirm(corrected, by=cast.head, store=store)
    assert "确认第3版" not in client_for(cast.style).get(f"/reports/{corrected.id}/trail").text
    assert "确认第3版" in client_for(cast.head).get(f"/reports/{corrected.id}/trail").text


def test_every_verb_has_its_sentence() -> None:
    folders = [ROOT / "walkthrough_app" / name for name in ("reports", "reception")]
    code = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    used = set(re.findall(r'(?:record|_note)\(\s*"(report\.\w+)"', code))
    assert len(used) > 10
    assert used <= set(trail.VERBS)


@pytest.mark.parametrize(
    ("name", "status"), [("coord", 404), ("stranger", 404), ("county", 404), ("deputy", 403), ("admin", 403)]
)
def test_nobody_else_reads_it(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, name: str, status: int
) -> None:
    assert client_for(getattr(cast, name)).get(f"/reports/{submitted.id}/trail").status_code == status
