"""Receiving and returning: a reason and a date, the version that was looked at, and the same answer however often."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.reception.conftest import Doors
from tests.reports import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import queries, reasons
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportState

WHY = ["附件不全"]


def verbs(report: Report) -> list[str]:
    return [deed.verb for deed in queries.deeds_of(report)]


def test_a_returned_report_says_why_and_until_when(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    until = clock.today() + timedelta(days=3)
    data = {"reasons": ["佐证照片不足"], "other": "请补拍取号机。", "due_on": until.isoformat(), "number": "1"}
    client_for(cast.style).post(f"/reports/{submitted.id}/return", data=data)
    page = client_for(cast.liaison).get(f"/reports/{submitted.id}").text
    for words in ("佐证照片不足", "请补拍取号机。", f"{until.month}月{until.day}日</strong> 前改好"):
        assert words in page


def test_without_a_date_it_is_five_working_days(submitted: Report, cast: SimpleNamespace) -> None:
    service.return_(submitted, WHY, by=cast.style)
    assert submitted.versions[0].return_due_on == clock.add_workdays(clock.today(), 5)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_date_that_cannot_be_meant_is_refused(submitted: Report, cast: SimpleNamespace, days: int) -> None:
    with pytest.raises(Invalid, match="日期"):
        service.return_(submitted, WHY, by=cast.style, due_on=clock.today() + timedelta(days=days))
    assert submitted.state is ReportState.SUBMITTED


@pytest.mark.parametrize("given", ["nonsense", "2018-07-01", "9999-12-31"])
def test_a_bad_date_is_told_beside_its_field_and_nothing_is_lost(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, given: str
) -> None:
    data = {"reasons": WHY, "other": "请看这里。", "due_on": given, "number": "1"}
    answer = client_for(cast.style).post(f"/reports/{submitted.id}/return", data=data)
    assert answer.status_code == 200
    assert "请先改好这些地方" in answer.text
    assert "请看这里。" in answer.text
    assert submitted.state is ReportState.SUBMITTED


def test_the_standard_reasons_are_offered(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).get(f"/reports/{submitted.id}").text
    assert len(reasons.known()) == len(set(reasons.known())) >= 6
    assert all(reason in page for reason in reasons.known())


def test_a_double_click_is_one_decision(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    for _ in range(2):
        answer = client_for(cast.style).post(f"/reports/{submitted.id}/receive", data={"number": "1"})
        assert answer.status_code == 303
    assert verbs(submitted).count("report.received") == 1


def test_two_members_return_for_the_same_reason_and_it_is_returned_once(
    submitted: Report, cast: SimpleNamespace
) -> None:
    first = service.return_(submitted, WHY, by=cast.style)
    assert service.return_(submitted, WHY, by=cast.style, number=1) is first
    assert verbs(submitted).count("report.returned") == 1


def test_a_second_opinion_does_not_change_the_first(submitted: Report, cast: SimpleNamespace) -> None:
    service.return_(submitted, WHY, by=cast.style)
    with pytest.raises(Conflict, match="已经退回过了"):
        service.return_(submitted, ["佐证照片不足"], by=cast.style)
    assert submitted.versions[0].return_reasons == WHY


def test_what_is_received_is_not_returned_and_the_other_way_round(submitted: Report, cast: SimpleNamespace) -> None:
    service.receive(submitted, by=cast.style)
    with pytest.raises(Conflict, match="已经接收"):
        service.return_(submitted, WHY, by=cast.style)


def test_what_is_returned_is_not_received(submitted: Report, cast: SimpleNamespace) -> None:
    service.return_(submitted, WHY, by=cast.style)
    with pytest.raises(Conflict, match="已经退回"):
        service.receive(submitted, by=cast.style, number=1)


def test_a_decision_on_a_version_that_was_replaced_is_refused(
    submitted: Report, cast: SimpleNamespace, store: LocalStore, client_for: Doors
) -> None:
    service.withdraw(submitted, by=cast.liaison)
    service.take_back(submitted, by=cast.liaison)
    stage.confirm(submitted, by=cast.head, store=store)
    service.submit(submitted, by=cast.liaison)
    answer = client_for(cast.style).post(f"/reports/{submitted.id}/receive", data={"number": "1"})
    assert answer.status_code == 409
    assert "改报了第2版" in answer.text
    assert submitted.state is ReportState.SUBMITTED


def test_a_decision_on_a_version_that_was_withdrawn_is_one_sentence(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    service.withdraw(submitted, by=cast.liaison)
    for deed in ("receive", "return"):
        answer = client_for(cast.style).post(f"/reports/{submitted.id}/{deed}", data={"number": "1", "reasons": WHY})
        assert answer.status_code == 409
        assert "撤回" in answer.text
    assert client_for(cast.coord).post(f"/reports/{submitted.id}/receive").status_code == 404


def test_a_repeated_return_that_comes_after_the_correction_changes_nothing(
    corrected: Report, cast: SimpleNamespace
) -> None:
    service.return_(corrected, WHY, by=cast.style, number=1)
    assert corrected.state is ReportState.SUBMITTED
    assert verbs(corrected).count("report.returned") == 1


def test_handing_in_and_withdrawing_from_an_old_page_are_refused(corrected: Report, cast: SimpleNamespace) -> None:
    for deed in (service.submit, service.withdraw):
        with pytest.raises(Conflict, match="已经有第2版"):
            deed(corrected, by=cast.liaison, number=1)
    assert corrected.state is ReportState.SUBMITTED


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "99999999999999999999"])
def test_a_number_that_is_none_decides_nothing(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, number: str
) -> None:
    client = client_for(cast.style)
    for deed in ("receive", "return"):
        answer = client.post(f"/reports/{submitted.id}/{deed}", data={"number": number, "reasons": WHY})
        assert answer.status_code in {200, 409}
    assert submitted.state is ReportState.SUBMITTED


def test_a_county_decides_only_for_its_own(submitted: Report, county_desk: User, client_for: Doors) -> None:
    client = client_for(county_desk)
    assert client.get(f"/reports/{submitted.id}").status_code == 404
    assert client.post(f"/reports/{submitted.id}/receive").status_code == 404


def test_the_unit_sees_why_while_it_corrects(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    service.return_(submitted, WHY, by=cast.style, due_on=date.today() + timedelta(days=9))
    service.take_back(submitted, by=cast.liaison)
    page = client_for(cast.head).get(f"/reports/{submitted.id}").text
    assert "第1版被退回，请补充" in page
    assert WHY[0] in page
