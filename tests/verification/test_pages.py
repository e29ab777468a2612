"""Anybody may check a file or look up the code on a paper, without signing in; no file is kept."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reports import stage
from tests.reports.conftest import report, store, walk  # noqa: F401 - fixtures
from tests.verification.conftest import CODE, carrying, sign
from walkthrough_app.core import db
from walkthrough_app.core.ids import canonical
from walkthrough_app.core.pace import Pace
from walkthrough_app.documents.signing import Signer
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.verification import routes


@pytest.fixture(autouse=True)
def pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has the whole minute for itself."""
    monkeypatch.setattr(routes, "PACE", Pace(routes.PACE.most, routes.PACE.message))


@pytest.fixture
def version(report: Report, cast: SimpleNamespace, store: LocalStore) -> ReportVersion:  # noqa: F811
    """A confirmed version with a code and a paper."""
    made = stage.confirm(report, by=cast.head, store=store)
    made.code = CODE
    db.session.commit()
    return made


def send(client: FlaskClient, content: bytes | None) -> TestResponse:
    data: dict[str, Any] = {"report": (io.BytesIO(content), "报告.pdf")} if content is not None else {}
    answer = client.post("/verify", data=data, content_type="multipart/form-data")
    answer.request.input_stream.close()  # werkzeug leaves open what was too large for the memory
    return answer


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_args: Any) -> bytes:
        raise AssertionError("read")


def line(answer: TestResponse) -> str:
    page = BeautifulSoup(answer.text, "html5lib")
    assert len(page.find_all("h1")) == 1
    found = page.select_one("#verdict h2")
    return found.text if found else ""


def kind(answer: TestResponse) -> list[str]:
    found = BeautifulSoup(answer.text, "html5lib").select_one("#verdict")
    return list(found["class"]) if found else []


class TestVerify:
    def test_the_page_is_open_to_all(self, anonymous: FlaskClient) -> None:
        answer = anonymous.get("/verify")
        assert answer.status_code == 200
        assert "最大 32 MB（登录后 200 MB）" in answer.text
        assert "不保存" in answer.text

    def test_a_registered_paper_is_green(
        self, anonymous: FlaskClient, version: ReportVersion, made: SimpleNamespace, stranger: Signer
    ) -> None:
        """Nobody here knows the signer, but the server knows the file."""
        pdf = sign(carrying(made.pdf, canonical(made.data)), stranger)
        version.pdf_sha256 = sha256(pdf)
        db.session.commit()
        answer = send(anonymous, pdf)
        assert line(answer) == "签名完整，内容没有被改动"
        assert "good" in kind(answer)
        assert "与服务器登记的第1版完全相同" in answer.text
        assert "这是最新的一版，还没有接收" in answer.text

    def test_another_file_under_the_same_code_is_red(
        self, anonymous: FlaskClient, version: ReportVersion, made: SimpleNamespace, stranger: Signer
    ) -> None:
        answer = send(anonymous, sign(carrying(made.pdf, canonical(made.data)), stranger))
        assert line(answer) == "内容前后对不上"
        assert "bad" in kind(answer)
        assert "服务器登记的第1版是另一个文件" in answer.text

    def test_a_paper_without_signature_is_grey(self, anonymous: FlaskClient, made: SimpleNamespace) -> None:
        answer = send(anonymous, made.pdf)
        assert line(answer) == "不能证明：文件没有数字签名"
        assert "open" in kind(answer)
        assert "本服务器没有登记这份报告" in answer.text

    def test_what_is_no_paper_is_red(self, anonymous: FlaskClient) -> None:
        answer = send(anonymous, b"PK\3\4")
        assert (answer.status_code, line(answer)) == (200, "这个文件读不出来")
        assert "这不是PDF文件。" in answer.text

    def test_nothing_chosen_is_told_beside_the_field(self, anonymous: FlaskClient) -> None:
        answer = send(anonymous, None)
        assert "请先选一个PDF文件。" in answer.text
        assert line(answer) == ""

    def test_words_of_a_stranger_stay_words(
        self, anonymous: FlaskClient, made: SimpleNamespace, stranger: Signer
    ) -> None:
        unit = {**made.data["unit"], "name": "<script>alert(1)</script>"}
        answer = send(anonymous, sign(carrying(made.pdf, canonical(made.data | {"unit": unit})), stranger))
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;" in answer.text

    def test_no_file_is_kept(self, app: Flask, anonymous: FlaskClient, made: SimpleNamespace) -> None:
        folder = app.config["SETTINGS"].data_dir
        before = files(folder)
        send(anonymous, made.pdf)
        assert files(folder) == before


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and "test.db" not in path.name}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class TestPaper:
    def test_the_code_tells_what_is_registered(self, anonymous: FlaskClient, version: ReportVersion) -> None:
        answer = anonymous.get(f"/v/{CODE}")
        assert answer.status_code == 200
        for words in (version.report.unit.name, "专项报告", "第1版", "最新的一版", "还没有接收", version.pdf_sha256):
            assert words and words in answer.text

    @pytest.mark.parametrize("typed", ["abcde-0fghj", "ABCDEOFGHJ"])
    def test_it_is_understood_as_people_type_it(
        self, anonymous: FlaskClient, version: ReportVersion, typed: str
    ) -> None:
        assert anonymous.get(f"/v/{typed}").status_code == 200
        found = anonymous.get("/v", query_string={"code": typed})
        assert (found.status_code, found.headers["Location"]) == (303, f"/v/{CODE}")

    def test_it_says_that_there_is_a_newer_version(
        self, anonymous: FlaskClient, version: ReportVersion, cast: SimpleNamespace
    ) -> None:
        newer = ReportVersion(number=2, data=version.data, confirmed_by=cast.head, confirmed_at=version.confirmed_at)
        version.report.versions.append(newer)
        db.session.commit()
        assert "请以第2版为准" in anonymous.get(f"/v/{CODE}").text

    def test_it_says_that_the_paper_was_received(self, anonymous: FlaskClient, version: ReportVersion) -> None:
        version.received_at = version.confirmed_at
        db.session.commit()
        assert "已接收" in anonymous.get(f"/v/{CODE}").text

    def test_a_paper_still_being_made_is_told(self, anonymous: FlaskClient, version: ReportVersion) -> None:
        version.pdf_sha256 = None
        db.session.commit()
        assert "PDF还在生成" in anonymous.get(f"/v/{CODE}").text

    @pytest.mark.parametrize("code", ["ZZZZZZZZZZ", "x", "..%2f..", "ABCDE0FGHJ'--"])
    def test_an_unknown_code_is_one_clear_sentence(
        self, anonymous: FlaskClient, version: ReportVersion, code: str
    ) -> None:
        answer = anonymous.get(f"/v/{code}")
        assert answer.status_code == 404
        assert "没有登记这个核对码" in answer.text or code.startswith("..")

    def test_nobody_can_try_codes_by_the_thousand(self, anonymous: FlaskClient) -> None:
        answers = [anonymous.get("/v/ZZZZZZZZZZ").status_code for _ in range(40)]
        assert 429 in answers
        assert answers[0] == 404

    def test_who_comes_too_often_is_sent_away_before_the_file_is_read(
        self, anonymous: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(routes, "PACE", Pace(0, "过一分钟再试。"))
        assert anonymous.post("/verify", input_stream=Unread(), content_length=9).status_code == 429

    def test_a_stranger_may_send_less_than_who_is_signed_in(
        self, anonymous: FlaskClient, client_for: Callable[..., FlaskClient], cast: SimpleNamespace
    ) -> None:
        large = b"%PDF-" + bytes(routes.STRANGERS_LIMIT)
        assert send(anonymous, large).status_code == 413
        assert send(client_for(cast.head), large).status_code == 200

    def test_neighbours_behind_our_proxy_do_not_share_their_tries(
        self, anonymous: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(routes, "PACE", Pace(1))
        named = [{"X-Forwarded-For": f"6.6.6.6, {who}"} for who in ("10.0.0.1", "10.0.0.2")]
        assert [anonymous.get("/v/ZZZZZZZZZZ", headers=one).status_code for one in named] == [404, 404]
