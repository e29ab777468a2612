"""A draft goes out as Word and comes back: looked through paragraph by paragraph, taken over where it is ticked."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.documents import office
from tests.reports import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service, word_files
from walkthrough_app.reports.models import Report

Doors = Callable[[User], FlaskClient]
BODY = "word/document.xml"
PEOPLE = ("head", "liaison", "deputy", "stranger", "county", "style", "office", "admin")


def edited(report: Report, store: LocalStore, **texts: str) -> bytes:
    """Download the draft and rewrite it as a clerk would."""
    file = word_files.draft(report, store).read()
    for old, new in texts.items():
        file = office.changed(file, BODY, old, new)
    return file


def upload(client: FlaskClient, report: Report, content: bytes, name: str = "改好.docx") -> object:
    return client.post(f"/reports/{report.id}/word", data={"word": (io.BytesIO(content), name)})


def filled(page: str, *, without: str = "") -> dict[str, object]:
    """Return what the browser sends when 采用打勾的 is pressed."""
    form = BeautifulSoup(page, "html.parser").find("form", action=lambda value: value and "adopt" in value)
    boxes = [box["value"] for box in form.find_all("input", {"name": "take"}) if box.has_attr("checked")]
    areas = {area["name"]: area.text.removeprefix("\n").removeprefix("\n") for area in form.find_all("textarea")}
    revision = form.find("input", {"name": "revision"})["value"]
    return {"take": [key for key in boxes if key != without], "revision": revision} | areas


def test_the_draft_offers_word(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.liaison).get(f"/reports/{report.id}").text
    assert "用Word修改" in page
    assert f"/reports/{report.id}/draft.docx" in page


def test_the_draft_is_downloaded_under_its_name(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    answer = client_for(cast.liaison).get(f"/reports/{report.id}/draft.docx")
    assert answer.mimetype.endswith("wordprocessingml.document")
    name = "%E7%A4%BA%E4%BE%8B%E5%B8%82%E5%85%AC%E5%AE%89%E5%B1%80%E4%B8%93%E9%A1%B9%E6%8A%A5%E5%91%8A%E8%8D%89%E7%A8%BF.docx"
    assert f"attachment; filename*=UTF-8''{name}" in answer.headers["Content-Disposition"].replace(
        "filename=.docx; ", ""
    )
    assert "草稿，未经确认" in office.parts(answer.data)["word/header1.xml"].decode()


def test_a_clerks_changes_are_shown_and_taken_over(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.liaison)
    file = edited(report, store, **{"特此报告。": "特此报告，请审阅。", "下一步，我局将": "今后，我局将"})
    page = upload(client, report, file).text
    assert "特此报告<ins>，请审阅</ins>。" in page
    assert "<del>下一步</del>" in page
    assert report.texts == {}
    answer = client.post(f"/reports/{report.id}/word/adopt", data=filled(page))
    assert answer.status_code == 303
    assert set(report.texts) == {"closing", "outlook"}
    assert report.texts["closing"] == "特此报告，请审阅。"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "report.word_adopted")).one()
    assert (entry.actor_id, entry.details) == (cast.liaison.id, {"paragraphs": ["closing", "outlook"]})
    assert "没有改动" in upload(client, report, file).text


def test_only_what_is_ticked_is_taken_over(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.head)
    file = edited(report, store, **{"特此报告。": "特此报告，请审阅。", "下一步，我局将": "今后，我局将"})
    page = upload(client, report, file).text
    client.post(f"/reports/{report.id}/word/adopt", data=filled(page, without="outlook"))
    assert set(report.texts) == {"closing"}


def test_nothing_ticked_shows_the_changes_again(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.liaison)
    page = upload(client, report, edited(report, store, **{"特此报告。": "专此报告。"})).text
    again = client.post(f"/reports/{report.id}/word/adopt", data=filled(page, without="closing"))
    assert again.status_code == 200
    assert "请至少勾选一段。" in again.text
    assert "<ins>专</ins>" in again.text
    assert report.texts == {}


def test_lines_of_a_paragraph_come_through_the_form(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.liaison)
    split = "第一行。</w:t></w:r></w:p><w:p><w:r><w:t>&lt;b&gt;第二行。"
    data = filled(upload(client, report, edited(report, store, **{"特此报告。": split})).text)
    data["text-closing"] = str(data["text-closing"]).replace("\n", "\r\n")  # as browsers send it
    client.post(f"/reports/{report.id}/word/adopt", data=data)
    assert report.texts == {"closing": "第一行。\n<b>第二行。"}


def test_a_report_changed_meanwhile_is_told(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.liaison)
    page = upload(client, report, edited(report, store, **{"特此报告。": "专此报告。"})).text
    service.rewrite(report, "outlook", "另一个人改的。", by=cast.head)
    db.session.commit()
    answer = client.post(f"/reports/{report.id}/word/adopt", data=filled(page))
    assert answer.status_code == 409
    assert "您核对的时候这份报告又有改动" in answer.text
    assert report.texts == {"outlook": "另一个人改的。"}


def test_what_is_no_word_file_is_refused_beside_the_field(
    report: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.liaison)
    assert "不是Word文件" in upload(client, report, b"%PDF-1.7").text
    assert "请先选择改好的Word文件。" in client.post(f"/reports/{report.id}/word", data={}).text


def test_the_file_of_another_report_is_refused(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    file = edited(report, store)
    other = office.changed(file, "docProps/custom.xml", str(report.id), str(cast.head.id))
    assert "不是从这份报告下载的Word" in upload(client_for(cast.liaison), report, other).text


def test_nothing_of_the_file_is_kept(
    report: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    before = sorted(store.root.rglob("*"))
    upload(client_for(cast.liaison), report, edited(report, store, **{"特此报告。": "专此报告。"}))
    assert sorted(store.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("texts", "error"),
    [({}, Invalid), ({"closing": " "}, Invalid), ({"closing": "长" * 3001}, Invalid), ({"none": "x"}, NotFound)],
)
def test_what_was_tampered_with_is_refused(
    report: Report, cast: SimpleNamespace, texts: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        service.adopt(report, texts, by=cast.head, revision=report.revision)


def test_only_the_units_own_people_take_over_and_only_into_a_draft(
    report: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    for name in ("deputy", "stranger", "style", "office"):
        with pytest.raises(Forbidden):
            service.adopt(report, {"closing": "x"}, by=getattr(cast, name), revision=report.revision)
    stage.confirm(report, by=cast.head, store=store)
    with pytest.raises(Conflict):
        service.adopt(report, {"closing": "x"}, by=cast.head, revision=report.revision)


def test_who_may_open_a_draft_as_word(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    for page in ("draft.docx", "word"):
        statuses = {
            name: client_for(getattr(cast, name)).get(f"/reports/{report.id}/{page}").status_code for name in PEOPLE
        }
        assert {name for name, status in statuses.items() if status == 200} == {"head", "liaison"}
        assert {status for name, status in statuses.items() if name not in {"head", "liaison"}} <= {403, 404}


def test_a_submitted_report_takes_no_word(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    client = client_for(cast.liaison)
    assert client.get(f"/reports/{submitted.id}/draft.docx").status_code == 409
    assert client.get(f"/reports/{submitted.id}/word").status_code == 303
    assert upload(client, submitted, b"PK").status_code == 409
    assert upload(client_for(cast.style), submitted, b"PK").status_code == 403


def test_a_version_is_written_from_its_frozen_data(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    submitted.versions[0].docx_sha256 = None
    db.session.commit()
    address = f"/reports/{submitted.id}/versions/1.docx"
    first, second = (client_for(getattr(cast, name)).get(address) for name in ("liaison", "style"))
    assert first.data == second.data
    assert 'name="walkthrough.version"><vt:lpwstr>1<' in office.parts(first.data)["docProps/custom.xml"].decode()
    assert "word/header1.xml" not in office.parts(first.data)
    assert client_for(cast.stranger).get(address).status_code == 404


def test_a_version_in_the_store_is_served_as_it_is(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    submitted.versions[0].docx_sha256 = store.put(b"PK made before", limit=stage.MIB)
    db.session.commit()
    with client_for(cast.office).get(f"/reports/{submitted.id}/versions/1.docx") as answer:
        assert answer.data == b"PK made before"


def test_a_version_gone_from_the_store_is_written_again(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    made = word_files.made(submitted.versions[0], store)
    submitted.versions[0].docx_sha256 = "0" * 64
    db.session.commit()
    with client_for(cast.office).get(f"/reports/{submitted.id}/versions/1.docx") as answer:
        assert answer.data == made
