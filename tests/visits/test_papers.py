"""督查反馈单: as PDF and Word, signed, with all that the unit is told and nothing of who came."""

import io
import re
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pdfplumber
import pytest
from flask.testing import FlaskClient

from tests.documents.conftest import GENERATED
from tests.rectification.stage import photo
from tests.visits import stage
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import VisitedProblem, VisitFeedback, render
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.visits import queries, service
from walkthrough_app.visits.models import Visit, VisitPaper
from walkthrough_app.visits.service import Wish

Client = Callable[[User], FlaskClient]
PLAIN = VisitFeedback(
    unit="示例市公安局",
    issuer="示例市作风整顿办",
    issued_on=date(2018, 8, 6),
    campaign="“四严机关”明查暗访",
    place="政务大厅3号窗口",
    way="暗访 · 突击性 · 看过程",
    visited_on=date(2018, 8, 2),
    problems=(),
    objection_days=5,
)


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        return "".join((page.extract_text() or "") for page in read.pages).replace("\n", "").replace(" ", "")


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return re.sub("<[^>]+>", "", file.read("word/document.xml").decode())


@pytest.fixture
def told(cast: SimpleNamespace, store: LocalStore) -> Visit:
    """A scored visit, fed back; its files are made."""
    visit = stage.order(stage.campaign("effective", cast.office), cast.head.unit, cast.style, cast.office)
    keys = stage.walk(visit, store, F_Z1="yes", F_Z2="no", F_Z8="no")
    service.hand_in(visit, {keys["F-Z2"]: Wish(post="3号窗口受理岗")}, by=cast.style, tap=uuid.uuid4())
    service.feed_back(visit, "请立即整改。", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    jobs.run_pending()
    db.session.expire_all()
    return visit


def test_the_unit_downloads_it_as_pdf_and_word(told: Visit, cast: SimpleNamespace, client_for: Client) -> None:
    first, second = queries.findings_of(told)
    assert first.due_on
    said = [
        "督查反馈单",
        "示例市公安局：",
        "共发现问题2个",
        told.place,
        "得分",
        str(told.score["total"]),
        first.title,
        first.code,
        second.code,
        "责任岗位：3号窗口受理岗",
        f"整改时限：{phrases.full_date(first.due_on)}前",
        "照片1（问题1）",
        "请立即整改。",
        cast.office.unit.name,
    ]
    client = client_for(cast.head)
    page = client.get(f"/feedback/{told.id}").get_data(as_text=True)
    for suffix, read in (("pdf", text_of), ("docx", words_of)):
        assert f"/feedback/{told.id}.{suffix}" in page
        with client.get(f"/feedback/{told.id}.{suffix}") as answer:
            text = read(answer.data).replace(" ", "")
        assert [one for one in said if one.replace(" ", "") not in text] == [], suffix
        assert cast.style.name not in text and cast.style.post not in text


def test_it_is_signed_and_kept_as_it_was(told: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    made = queries.paper_of(told)
    assert made and made.pdf_sha256
    pdf = store.path(made.pdf_sha256).read_bytes()
    assert b"/ByteRange" in pdf
    told.feedback = "改过的话"
    assert service.give_out(told) is made
    jobs.run_pending()
    assert store.path(made.pdf_sha256).read_bytes() == pdf
    assert db.session.query(VisitPaper).count() == 1


def test_it_is_drafted_before_and_made_when_it_is_fed_back(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    stage.hand_in(visit, store, S_V1="no")
    client, address = client_for(cast.office), f"/feedback/{visit.id}"
    assert "空岗离岗" in words_of(client.get(f"{address}.docx").data)
    assert client.get(f"{address}.pdf").status_code == 404
    assert client.post(f"{address}/paper").status_code == 409
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    page = client.get(address)
    assert "正在生成反馈单" in page.get_data(as_text=True) and page.headers["Refresh"]
    assert client.get(f"{address}.pdf").status_code == client.get(f"{address}.docx").status_code == 409
    jobs.run_pending()
    with client.get(f"{address}.pdf") as answer:
        assert answer.mimetype == "application/pdf"


def test_what_could_not_be_made_is_said_and_tried_again(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    (finding,) = stage.hand_in(visit, store, S_V1="no")
    service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
    db.session.commit()
    made = queries.paper_of(visit)
    assert made
    (name,) = made.data["pictures"]
    kept = store.path(name)
    aside = kept.rename(Path(f"{kept}.aside"))
    jobs.run_pending()
    client, address = client_for(cast.office), f"/feedback/{visit.id}"
    assert "照片读不出来" in client.get(address).get_data(as_text=True)
    assert "再试一次" not in client_for(cast.head).get(address).get_data(as_text=True)
    aside.rename(kept)
    assert client_for(cast.head).post(f"{address}/paper").status_code == 403
    assert client.post(f"{address}/paper").status_code == 303
    jobs.run_pending()
    with client.get(f"{address}.pdf") as answer:
        assert finding.code in text_of(answer.data).replace(" ", "")


def test_one_that_was_fed_back_before_there_were_papers_gets_one(
    told: Visit, client_for: Client, cast: SimpleNamespace
) -> None:
    db.session.delete(queries.paper_of(told))
    db.session.commit()
    client = client_for(cast.office)
    assert "生成反馈单" in client.get(f"/feedback/{told.id}").get_data(as_text=True)
    assert client.get(f"/feedback/{told.id}.pdf").status_code == 409
    assert client.post(f"/feedback/{told.id}/paper").status_code == 303
    assert queries.paper_of(told)


def test_strangers_get_no_paper(told: Visit, cast: SimpleNamespace, client_for: Client) -> None:
    for user, status in ((cast.stranger, 404), (cast.coord, 404), (cast.deputy, 403)):
        for suffix in ("pdf", "docx"):
            assert client_for(user).get(f"/feedback/{told.id}.{suffix}").status_code == status
        assert client_for(user).post(f"/feedback/{told.id}/paper").status_code in {403, 404}
    assert client_for(cast.office).get(f"/feedback/{uuid.uuid4()}.pdf").status_code == 404


def test_nothing_found_is_a_short_paper() -> None:
    text = text_of(render(PLAIN, generated=GENERATED).pdf)
    assert "这次没有发现问题" in text and "得分" not in text and "现场照片" not in text


def test_long_words_and_many_problems_run_over_pages(store: LocalStore) -> None:
    shots = [photo(number, store).sha256 for number in range(3)]
    one = VisitedProblem(
        "WT-2018-市直-公安局-0007", "空岗离岗", "严重", "9时10分至9时37分无人。" * 30, "认真受理", "3号窗口"
    )
    many = replace(PLAIN, problems=(replace(one, pictures=tuple(shots)),) * 9, words="请举一反三，" * 330)
    made = render(many, generated=GENERATED, files={name: store.path(name) for name in shots})
    text = text_of(made.pdf)
    assert made.pages > 3 and made.missing_glyphs == ()
    text = re.sub("问题[0-9]|—[0-9]—", "", text)  # what stands beside a row and below a page
    assert text.count("9时10分至9时37分无人。") == 270
    assert text.count("举一反三") == 330
    assert "照片3（、2、3、4、5、6、7、8、9）" in text.replace(" ", "")


def test_a_visit_that_is_not_fed_back_has_none(visit: Visit) -> None:
    with pytest.raises(Conflict, match="反馈以后"):
        service.give_out(visit)
