"""From received reports to a compilation on the pages: begun, decided, rewritten, frozen, its files fetched."""

import io
import re
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.compilation import corpus
from tests.compilation.conftest import Hand
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.compilation import service
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service as reports
from walkthrough_app.reports.models import Report, ReportState

Client = Callable[[User], FlaskClient]


@pytest.fixture
def style(cast: SimpleNamespace, client_for: Client) -> FlaskClient:
    return client_for(cast.style)


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", answer.get_data(as_text=True)))


def fetched(client: FlaskClient, url: str) -> bytes:
    with client.get(url) as answer:
        assert answer.status_code == 200
        return bytes(answer.data)


def test_a_lane_presses_one_button_and_has_a_report(style: FlaskClient, campaign: Campaign, two: list[Report]) -> None:
    assert "已接收 2 份" in text_of(style, "/compilations")
    begin = f"/compilations/{campaign.id}/style"
    page = text_of(style, begin)
    assert "示例市公安局" in page
    assert "示例市委组织部" in page
    answer = style.post(begin)
    assert answer.status_code == 303
    draft = answer.headers["Location"]
    waiting = style.get(draft)
    assert waiting.headers["Refresh"]
    assert "正在汇集报告" in waiting.get_data(as_text=True)
    jobs.run_pending()
    page = text_of(style, draft)
    for words in ("一、总体情况", "应报送专项报告3份，已报送2份", "七、下一步建议", "系统把 1 组相近的问题放在了一起"):
        assert words in page
    assert "还有1份专项报告没有报送：示例市委组织部。" in page
    again = style.get(begin)
    assert (again.status_code, again.headers["Location"]) == (303, draft)
    assert style.post(begin).headers["Location"] == draft
    assert db.session.query(Compilation).count() == 1


def test_a_paragraph_is_rewritten_and_brought_back(style: FlaskClient, compilation: Compilation) -> None:
    here = f"/compilations/{compilation.id}"
    url = f"{here}/text/overview"
    assert "应报送专项报告3份" in text_of(style, url)
    assert style.post(url, data={"text": "我们自己的说法。"}).status_code == 303
    assert "我们自己的说法。" in text_of(style, here)
    assert "最多3000个字" in style.post(url, data={"text": "长" * 3001}).get_data(as_text=True)
    assert style.post(url, data={"do": "restore"}).status_code == 303
    assert "我们自己的说法。" not in text_of(style, here)
    assert style.get(f"{here}/text/nothing").status_code == 404
    assert style.post(f"{here}/text/nothing", data={"text": "a"}).status_code == 404


def test_what_comes_later_is_told_and_own_words_are_kept(
    style: FlaskClient, cast: SimpleNamespace, compilation: Compilation, hand_in: Hand
) -> None:
    here = f"/compilations/{compilation.id}"
    style.post(f"{here}/text/overview", data={"text": "我们自己的说法。"})
    _add_party(cast, hand_in)
    assert "汇集以后又接收了 1 份报告" in text_of(style, here)
    assert style.post(f"{here}/refresh").status_code == 303
    jobs.run_pending()
    page = text_of(style, here)
    assert "我们自己的说法。" in page
    assert "有 1 段改写过的文字，数据后来变了" in page
    told = text_of(style, f"{here}/text/overview")
    assert "已报送2份" in told
    assert "已报送3份" in told
    style.post(f"{here}/text/overview", data={"do": "accept"})
    assert "数据后来变了" not in text_of(style, here)


def _add_party(cast: SimpleNamespace, hand_in: Hand) -> Report:
    from tests.people import person
    from walkthrough_app.accounts.models import Role

    liaison = person("party_liaison", "科长", Role.LIAISON, cast.party.unit)
    return hand_in(cast.party, liaison, corpus.walk(3, 0), by=cast.style)


def test_groups_are_merged_split_named_and_set_aside(style: FlaskClient, compilation: Compilation) -> None:
    here = f"/compilations/{compilation.id}/groups"
    assert "为什么" not in text_of(style, here)
    group = service.content_of(compilation).groups[0]
    page = text_of(style, f"{here}/{group.key}")
    assert "为什么放在一起：都属于“设施场地引导”" in page
    out = group.problems[-1].id
    assert "请先勾选" in style.post(f"{here}/{group.key}/split").get_data(as_text=True)
    everything = {"chosen": [one.id for one in group.problems]}
    assert "至少要留下一个" in style.post(f"{here}/{group.key}/split", data=everything).get_data(as_text=True)
    assert style.post(f"{here}/{group.key}/split", data={"chosen": [out]}).headers["Location"].endswith(out)
    assert style.post(f"{here}/{out}/name", data={"name": "标识不清"}).status_code == 303
    assert "标识不清" in text_of(style, f"{here}?kind=single")
    assert "请选择要并入的另一组" in style.post(f"{here}/{out}/merge", data={"into": out}).get_data(as_text=True)
    assert style.post(f"{here}/{out}/merge", data={"into": group.key}).status_code == 303
    assert style.get(f"{here}/{out}").status_code == 404
    for _ in range(2):
        assert style.post(f"{here}/{group.key}/aside").status_code == 303
    assert "这一组不写进报告" in text_of(style, f"{here}/{group.key}")
    style.post(f"{here}/{group.key}/aside", data={"do": "back"})
    verbs = [one.verb for one in db.session.query(AuditEntry).filter_by(subject_kind="compilation")]
    assert verbs.count("compilation.set_aside") == 1
    assert {"compilation.split", "compilation.renamed", "compilation.merged", "compilation.taken_in"} <= set(verbs)


def test_cases_are_chosen_from_what_is_proposed(style: FlaskClient, compilation: Compilation) -> None:
    here = f"/compilations/{compilation.id}"
    page = style.get(f"{here}/cases").get_data(as_text=True)
    key = re.search(r'value="(model\.[^"]+)"', page)
    assert key
    assert style.post(f"{here}/cases", data={"models": [key[1], "model.invented"]}).status_code == 303
    db.session.refresh(compilation)
    assert compilation.picks == {"models": [key[1]], "warnings": []}
    assert "主要负责同志亲自体验1个事项" in text_of(style, here)


def test_frozen_it_has_files_and_its_reports_are_compiled(
    style: FlaskClient, cast: SimpleNamespace, compilation: Compilation, two: list[Report]
) -> None:
    here = f"/compilations/{compilation.id}"
    assert style.post(f"{here}/freeze").status_code == 303
    assert {one.state for one in two} == {ReportState.COMPILED}
    assert style.get(f"{here}/v1/pdf").status_code == 409
    jobs.run_pending()
    db.session.expire_all()
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert fetched(style, f"{here}/v1/{kind}").startswith(start)
    book = openpyxl.load_workbook(io.BytesIO(fetched(style, f"{here}/v1/xlsx")))
    assert [row[1].value for row in book["汇总表"].iter_rows(min_row=2)] == [
        "示例市人力资源和社会保障局",
        "示例市公安局",
        "示例市委组织部",
    ]
    assert style.post(f"{here}/freeze").status_code == 303
    assert len(compilation.versions) == 1
    style.post(f"{here}/text/overview", data={"text": "另外的说法。"})
    style.post(f"{here}/freeze")
    assert [one.number for one in compilation.versions] == [1, 2]
    verbs = [one.verb for one in db.session.query(AuditEntry).filter_by(subject_id=two[0].id)]
    assert verbs.count("report.compiled") == 1
    assert style.get(f"{here}/v3/pdf").status_code == 404


def test_a_compiled_report_can_still_be_supplemented(
    cast: SimpleNamespace, compilation: Compilation, two: list[Report]
) -> None:
    service.freeze(compilation, by=cast.style)
    with pytest.raises(Exception, match="还没有新拿到结果的事项"):
        reports.supplement(two[0], by=cast.liaison)
    reports.receive(two[0], by=cast.style)
    assert two[0].state is ReportState.COMPILED


def test_a_report_that_cannot_be_bound_is_named(style: FlaskClient, compilation: Compilation) -> None:
    here = f"/compilations/{compilation.id}"
    style.post(f"{here}/freeze")
    assert style.post(f"{here}/v1/binder").status_code == 303
    jobs.run_pending()
    page = text_of(style, here)
    assert "装订报告没有做成" in page
    assert "专项报告V1不能装订：不是 PDF，或者已经损坏" in page


def test_bound_reports_are_one_file(
    style: FlaskClient, compilation: Compilation, store: LocalStore, nine: list[dict[str, Any]], two: list[Report]
) -> None:
    real = corpus.pdf(nine[3], None)
    for report in two:
        version = report.versions[0]
        version.pdf_sha256, version.pages = store.put(real, limit=10**8), None
    db.session.commit()
    here = f"/compilations/{compilation.id}"
    style.post(f"{here}/refresh")
    jobs.run_pending()
    style.post(f"{here}/freeze")
    style.post(f"{here}/v1/binder")
    jobs.run_pending()
    db.session.expire_all()
    assert fetched(style, f"{here}/v1/binder").startswith(b"%PDF")


def test_numbers_of_problems_stay_when_more_comes_in(
    cast: SimpleNamespace, compilation: Compilation, hand_in: Hand
) -> None:
    before = dict(service.content_of(compilation).numbers)
    _add_party(cast, hand_in)
    service.refresh(compilation, by=cast.style)
    db.session.commit()
    jobs.run_pending()
    db.session.expire_all()
    after = service.content_of(compilation).numbers
    assert before.items() < after.items()


def test_pages_of_nothing_are_kind(style: FlaskClient, campaign: Campaign) -> None:
    assert "还没有汇总" in text_of(style, "/compilations")
    assert "还没有接收的报告" in text_of(style, f"/compilations/{campaign.id}/style")
    assert style.post(f"/compilations/{campaign.id}/style").status_code == 409
    for url in ("", "/groups", "/cases", "/text/overview", "/v1/pdf"):
        assert style.get(f"/compilations/{uuid.uuid4()}{url}").status_code == 404
