"""The parts of the ledger together: nobody is warned, numbers and lists follow a paper, what was measured is told."""

import io
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.rectification import overdue
from tests.rectification import paper_stage as papers
from tests.rectification.looking import done, first, ordered, walked
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import ledger as compiled
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification.closing import effect
from walkthrough_app.rectification.escalation import queries as escalation
from walkthrough_app.rectification.escalation import service as escalating
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import prefill
from walkthrough_app.rectification.rechecks import service
from walkthrough_app.rectification.rechecks.models import Recheck
from walkthrough_app.rectification.rechecks.service import Verdict
from walkthrough_app.rectification.sheets import rows

__all__ = ["done", "first", "ordered"]
Client = Callable[[User], FlaskClient]


def sheet(client: FlaskClient, finding: Finding) -> dict[str, object]:
    """Return the row of a finding in the workbook that a user downloads."""
    book = load_workbook(io.BytesIO(client.get("/ledger.xlsx?state=all").data))
    for page in book.worksheets[:3]:
        titles = [cell.value for cell in page[1]]
        for row in page.iter_rows(min_row=2, values_only=True):
            if row[titles.index("问题编号")] == finding.code:
                return dict(zip(titles, row, strict=True))
    raise AssertionError(finding.code)


@pytest.mark.parametrize("who", ["head", "deputy", "liaison"])
def test_the_unit_sees_no_sign_of_a_recheck_on_any_page_of_the_ledger(
    who: str, ordered: Recheck, done: Finding, cast: SimpleNamespace, client_for: Client
) -> None:
    client = client_for(getattr(cast, who))
    for address in ("/ledger", f"/findings/{done.id}"):
        page = client.get(address).text
        assert "已整改" in page
        assert cast.style.unit.name not in page
        assert "安排回头看</b>" not in page
        assert ">回头看<" not in page
    assert sheet(client, done)["状态"] == "已整改"


def test_its_desk_sees_it(ordered: Recheck, done: Finding, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.style)
    assert ">回头看<" in client.get(f"/findings/{done.id}").text
    assert sheet(client, done)["状态"] == "回头看"


def test_a_sheet_is_not_told_from_what_the_unit_may_not_know(
    ordered: Recheck, done: Finding, cast: SimpleNamespace
) -> None:
    known = rows.values([done], cast.liaison)[0]
    assert known["状态"] == "已整改"
    assert rows.values([done], cast.office)[0]["状态"] == "回头看"


def test_what_a_recheck_measured_is_the_effect_and_stands_in_its_record(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    walked(ordered, store)
    service.decide(ordered, Verdict(is_solved=True, text="只等了2分钟"), by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    found = effect.of_findings([done])[done.id]
    assert found.step("queue") == (40, 0)
    record = prefill.record(done, cast.office)
    assert {"name": "排队等候", "then": "40分钟", "now": "0分钟"} in record["measures"]
    assert record["conclusion"] == "已整改到位，同意销号。"


def test_a_notice_gives_its_number_to_the_ledger_and_leaves_the_list_of_what_is_due(
    cast: SimpleNamespace, campaign: Campaign
) -> None:
    late = overdue.put(cast.head.unit, campaign)
    with overdue.at(overdue.date(2026, 10, 14)):
        escalating.run()
        assert len(escalation.waiting(cast.style, campaign, "notice")) == 1
        paper = papers.notice(cast.style, late, due_on=overdue.date(2026, 10, 30))
        papers.service.issue(paper, by=cast.style)
        assert escalation.waiting(cast.style, campaign, "notice") == []
    assert rows.values([late], cast.style)[0]["督办编号"] == "督办〔2026〕1号"
    late.key = uuid.uuid4()
    db.session.flush()
    assert compiled.standings([str(late.key)])[str(late.key)]["notices"] == "督办〔2026〕1号"
