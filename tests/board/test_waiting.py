"""What waits for whom, since when."""

from datetime import timedelta
from types import SimpleNamespace

import time_machine

from tests.board.conftest import Page
from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day
from walkthrough_app.reports import service


def entries(opened: Page, cast: SimpleNamespace, what: str) -> list[str]:
    rows = opened(cast.office, f"/board/waiting?what={what}").select("main .card > .row")
    return [row.div.get_text(" ", strip=True) for row in rows]


def test_each_thing_waits_for_somebody_since_a_day(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    today, opening = show_day(clock.today()), show_day(play.campaign.opens_on)
    social, police = "示例市人力资源和社会保障局", "示例市公安局"
    assert entries(opened, cast, "no_plan") == [f"示例市委组织部 还没有体验计划 · 从{opening}起"]
    assert entries(opened, cast, "must_open") == [f"{police} 1 个必须亲自走的事项还没走 · 从{opening}起"]
    assert entries(opened, cast, "confirmed") == [f"{social} 报告已确认，还没有报送 · 从{today}起"]
    assert entries(opened, cast, "submitted") == [f"{police} 局长的报告等作风评议组接收 · 从{today}起"]
    assert (
        entries(opened, cast, "returned") == entries(opened, cast, "overdue") == entries(opened, cast, "stopped") == []
    )


def test_time_passes_and_more_waits(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    service.return_(play.reports["police"], ["附件不全"], by=cast.style)
    due, today = play.campaign.report_due, show_day(clock.today())
    assert entries(opened, cast, "returned") == [f"示例市公安局 报告退回，等补充 · 从{today}起"]
    with time_machine.travel(clock.end_of_day(due) + timedelta(days=2), tick=False):
        late = entries(opened, cast, "overdue")
        assert [one.split()[0] for one in late] == ["示例市人力资源和社会保障局", "示例市委组织部"]
        assert late[0].endswith(f"从{show_day(due)}起")
        assert len(entries(opened, cast, "stopped")) == 1
        chips = opened(cast.office, "/board/units").select(".chip.bad")
        assert {chip.text for chip in chips} == {"逾期2天"}


def test_days_of_grace_are_not_yet_late(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    play.campaign.grace_days = 5
    with time_machine.travel(clock.end_of_day(play.campaign.report_due) + timedelta(days=1), tick=False):
        assert entries(opened, cast, "overdue") == []
