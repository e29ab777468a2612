"""Only the head confirms; confirming freezes the report as data and paper, and old versions stay."""

import hashlib
import io
import json
from collections.abc import Callable
from types import SimpleNamespace

import pikepdf
import pytest
from flask.testing import FlaskClient

from tests.reports import stage
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import data, service
from walkthrough_app.reports.models import Report, ReportState


def test_the_head_confirms_on_the_page_and_the_paper_is_frozen(
    report: Report, cast: SimpleNamespace, client_for: Callable[..., FlaskClient], store: LocalStore
) -> None:
    answer = client_for(cast.head).post(f"/reports/{report.id}/confirm", data={"ticked": "y"})
    assert answer.status_code == 303
    version = report.current
    assert version is not None
    assert report.state is ReportState.CONFIRMED
    assert version.confirmed_by is cast.head
    pdf = store.path(version.pdf_sha256).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == version.pdf_sha256
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert json.loads(opened.attachments["report.json"].get_file().read_bytes()) == version.data
        assert len(opened.pages) == version.pages


def test_the_frozen_data_keeps_to_the_published_schema(confirmed: Report) -> None:
    data.check(confirmed.versions[0].data)


def test_the_box_must_be_ticked(report: Report, cast: SimpleNamespace, client_for: Callable[..., FlaskClient]) -> None:
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


def test_a_change_while_the_paper_is_laid_out_is_not_lost(
    report: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    prepared = service.prepare(report, by=cast.head, ticked=True)
    service.rewrite(report, "outlook", "我局将认真整改。", by=cast.liaison)
    with pytest.raises(Conflict, match="又有改动"):
        service.freeze(report, service.Frozen(prepared, "0" * 64, 1, 1), by=cast.head)


def test_confirming_twice_makes_one_version(confirmed: Report, cast: SimpleNamespace, store: LocalStore) -> None:
    version = service.confirm(confirmed, by=cast.head, ticked=True, store=store)
    assert confirmed.versions == [version]


def test_a_missing_tick_is_beside_its_box(report: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Invalid) as refused:
        service.prepare(report, by=cast.head, ticked=False)
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
