"""Only the head confirms; confirming freezes the data at once, its paper follows, and old versions stay."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from types import SimpleNamespace

import pikepdf
import pytest
from flask.testing import FlaskClient

from tests.reports import stage
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import data, service
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import Report, ReportState

Doors = Callable[[User], FlaskClient]


@pytest.fixture
def vouched(report: Report, cast: SimpleNamespace, client_for: Doors) -> Report:
    """The head has confirmed on the page; no worker has made the paper yet."""
    answer = client_for(cast.head).post(f"/reports/{report.id}/confirm", data={"ticked": "y"})
    assert answer.status_code == 303
    return report


def test_the_head_confirms_on_the_page_and_the_data_is_frozen_at_once(vouched: Report, cast: SimpleNamespace) -> None:
    version = vouched.current
    assert version is not None
    assert vouched.state is ReportState.CONFIRMED
    assert version.confirmed_by is cast.head
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", version.code or "")
    assert version.data["code"] == version.code
    assert version.pdf_sha256 is None


def test_the_paper_follows_with_the_frozen_data_inside(vouched: Report, store: LocalStore) -> None:
    jobs.run_pending()
    [version] = vouched.versions
    pdf = store.path(version.pdf_sha256 or "").read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == version.pdf_sha256
    assert len(pdf) == version.pdf_size
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert json.loads(opened.attachments["report.json"].get_file().read_bytes()) == version.data
        assert len(opened.pages) == version.pages


def test_the_page_waits_for_the_paper_and_then_offers_it(
    vouched: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.liaison)
    page = client.get(f"/reports/{vouched.id}")
    assert page.headers["Refresh"] == "2"
    assert "正在生成PDF" in page.text
    assert "打开PDF" not in page.text
    assert f"/reports/{vouched.id}/submit" not in page.text
    jobs.run_pending()
    page = client.get(f"/reports/{vouched.id}")
    assert "Refresh" not in page.headers
    assert "打开PDF" in page.text
    assert f"/reports/{vouched.id}/submit" in page.text


@pytest.mark.parametrize("address", ["v1.pdf", "package.zip"])
def test_a_file_that_is_not_made_yet_is_one_clear_sentence(
    vouched: Report, cast: SimpleNamespace, client_for: Doors, address: str
) -> None:
    answer = client_for(cast.head).get(f"/reports/{vouched.id}/{address}")
    assert answer.status_code == 409
    assert "这一版的PDF还没有生成好，请稍等。" in answer.text


def test_it_cannot_be_handed_in_without_its_paper(vouched: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="PDF还没有生成好，生成以后才能报送。"):
        service.submit(vouched, by=cast.liaison)
    jobs.run_pending()
    assert service.submit(vouched, by=cast.liaison).submitted_at


def test_a_paper_that_could_not_be_made_says_why_and_is_made_again(
    vouched: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    [photo, *_] = compose(vouched.versions[0].data).photos
    picture = store.path(photo.sha256).read_bytes()
    store.delete(photo.sha256)
    jobs.run_pending()
    client = client_for(cast.liaison)
    page = client.get(f"/reports/{vouched.id}")
    assert f"PDF没有生成：图{photo.number}的照片已经不在了，请联系管理员。" in page.text
    assert "Refresh" not in page.headers
    store.put(picture, limit=stage.MIB)
    page = client.post(f"/reports/{vouched.id}/paper", follow_redirects=True)
    assert "正在生成PDF" in page.text
    jobs.run_pending()
    assert vouched.versions[0].pdf_sha256


def test_asking_again_for_a_paper_that_is_there_changes_nothing(
    confirmed: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    before = confirmed.versions[0].pdf_sha256
    client_for(cast.head).post(f"/reports/{confirmed.id}/paper")
    jobs.run_pending()
    assert confirmed.versions[0].pdf_sha256 == before


def test_a_report_taken_back_meanwhile_stays_a_draft_and_its_version_gets_its_paper(
    vouched: Report, cast: SimpleNamespace
) -> None:
    service.take_back(vouched, by=cast.liaison)
    service.rewrite(vouched, "outlook", "我局将认真整改。", by=cast.liaison)
    db.session.commit()
    jobs.run_pending()
    assert vouched.state is ReportState.DRAFT
    assert vouched.versions[0].pdf_sha256
    assert vouched.versions[0].data["texts"] == {}


def test_the_code_leads_to_the_address_the_operator_has_set(
    report: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    version = service.confirm(report, by=cast.head, ticked=True, store=store, base_url="https://walk.example.gov.cn")
    assert version.data["verify_url"] == f"https://walk.example.gov.cn/v/{version.code}"


def test_without_such_an_address_there_is_only_the_code(confirmed: Report) -> None:
    assert confirmed.versions[0].data["verify_url"] == ""


def test_the_frozen_data_keeps_to_the_published_schema(confirmed: Report) -> None:
    data.check(confirmed.versions[0].data)


def test_the_box_must_be_ticked(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    answer = client_for(cast.head).post(f"/reports/{report.id}/confirm", data={})
    assert answer.status_code == 200
    assert "请先勾选“我已核对，内容属实”。" in answer.text
    assert report.state is ReportState.DRAFT


def test_the_liaison_cannot_confirm(report: Report, cast: SimpleNamespace, store: LocalStore) -> None:
    with pytest.raises(Forbidden, match="本人"):
        service.confirm(report, by=cast.liaison, ticked=True, store=store)


def test_what_is_missing_refuses_in_one_sentence(
    report: Report, cast: SimpleNamespace, item: ServiceItem, store: LocalStore
) -> None:
    item.is_important = True
    with pytest.raises(Conflict, match="还不能确认：“居住证申领”必须由主要负责同志亲身体验，还没有走。"):
        service.confirm(report, by=cast.head, ticked=True, store=store)


def test_a_picture_that_is_gone_refuses_before_anything_is_frozen(
    report: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    [photo, *_] = compose(data.of_report(report, made_on=report.campaign.report_due)).photos
    picture = store.path(photo.sha256).read_bytes()
    store.delete(photo.sha256)
    with pytest.raises(Conflict, match=f"图{photo.number}的照片已经不在了"):
        service.confirm(report, by=cast.head, ticked=True, store=store)
    assert report.versions == []
    store.put(picture, limit=stage.MIB)


def test_confirming_twice_makes_one_version(confirmed: Report, cast: SimpleNamespace, store: LocalStore) -> None:
    version = service.confirm(confirmed, by=cast.head, ticked=True, store=store)
    assert confirmed.versions == [version]


def test_a_missing_tick_is_beside_its_box(report: Report, cast: SimpleNamespace, store: LocalStore) -> None:
    with pytest.raises(Invalid) as refused:
        service.confirm(report, by=cast.head, ticked=False, store=store)
    assert refused.value.field == "ticked"


def test_a_new_version_keeps_the_old(confirmed: Report, cast: SimpleNamespace, store: LocalStore) -> None:
    first = confirmed.versions[0]
    frozen = dict(first.data)
    service.take_back(confirmed, by=cast.liaison)
    service.rewrite(confirmed, "outlook", "我局将认真整改。", by=cast.liaison)
    second = stage.confirm(confirmed, by=cast.head, store=store)
    assert [version.number for version in confirmed.versions] == [1, 2]
    assert first.data == frozen
    assert second.data["texts"] == {"outlook": "我局将认真整改。"}
    assert second.code != first.code
