"""评议结果反馈单: what may be shown of a unit, what became of comments; given out by the office, then read by the unit."""

import io
import re
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pdfplumber
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.documents.conftest import GENERATED
from tests.ratings.conftest import put_point, say
from walkthrough_app import jobs
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import Rated, RatedGroup, RatedProblem, RatingFeedback, render
from walkthrough_app.ratings import papers, queries, service
from walkthrough_app.ratings.models import RatingCase, RatingPaper, RatingPoint
from walkthrough_app.ratings.service import Problem

Client = Callable[[User], FlaskClient]
COMMENT = "那天下午没有人，我的小孩一直哭"
RATED = Rated(128, 86.3, 83.1, 89.0, 0.938, 0.891, 0.965, "满意")
PAPER = RatingFeedback(
    unit="示例市公安局",
    issuer="示例市作风整顿办",
    issued_on=date(2018, 11, 28),
    campaign="“四严机关”创建评议",
    form="万人评机关、评窗口",
    period="2018年9月至2018年11月28日",
    smallest=5,
    rate="满意率",
    points=3,
    received="131份，另放3份",
    whole=RATED,
    hidden="",
    questions=(),
    places=(),
    problems=(),
)


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        return "".join((page.extract_text() or "") for page in read.pages).replace("\n", "").replace(" ", "")


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return re.sub("<[^>]+>", "", file.read("word/document.xml").decode()).replace(" ", "")


def give(campaign: Campaign, form: str, unit: Unit, by: User) -> RatingPaper:
    made = service.give_out(campaign, queries.asked_of(campaign, form), unit, by=by)
    db.session.commit()
    jobs.run_pending()
    db.session.refresh(made)
    return made


@pytest.fixture
def rated(counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace) -> RatingCase:
    """Two counters of the police, at one of them hardly anybody; of two comments one became a problem."""
    quiet = put_point(evaluation, cast, "mass", "户籍科")
    for _ in range(9):
        say(counter, S_E1="good", S_E2="good")
    say(counter, S_E1="bad", S_E6=COMMENT)
    say(counter, S_E1="fair", S_E6="指示牌不清楚")
    for _ in range(2):
        say(quiet, S_E1="good")
    bad, other = db.session.scalars(select(RatingCase).order_by(RatingCase.is_bad.desc()))
    service.take_up(bad, Problem("3号窗口空岗", "有群众反映下午3号窗口无人。", "G6", "serious"), by=cast.office)
    service.ask(other, "请核实指示牌。", by=cast.office)
    db.session.commit()
    return bad


def test_the_office_gives_it_out_and_the_unit_downloads_it(
    rated: RatingCase, evaluation: Campaign, cast: SimpleNamespace, client_for: Client
) -> None:
    office, unit = client_for(cast.office), client_for(cast.head)
    address = f"/ratings/units/{cast.head.unit_id}"
    assert "评议结果反馈单" not in unit.get("/ratings/mine").get_data(as_text=True)
    given = office.post(f"{address}/papers?campaign={evaluation.id}&form=mass")
    assert given.status_code == 303
    page = office.get(given.location)
    assert "正在生成" in page.get_data(as_text=True) and page.headers["Refresh"]
    jobs.run_pending()
    (made,) = db.session.scalars(select(RatingPaper))
    finding = rated.finding
    assert finding and finding.due_on
    said = [
        "评议结果反馈单",
        "示例市公安局：",
        "万人评机关、评窗口",
        "13份",
        "区间为95%置信区间",
        "不足5份，不显示",
        "3号窗口空岗（严重）",
        "转为问题1个；转请答复1条，已答复0条。",
        cast.office.unit.name,
    ]
    narrow = [finding.code, f"{phrases.full_date(finding.due_on)}前"]  # broken over lines in the PDF
    for client, home in ((office, given.location), (unit, "/ratings/mine")):
        page = client.get(home).get_data(as_text=True)
        for suffix, read in (("pdf", text_of), ("docx", words_of)):
            assert f"/ratings/papers/{made.id}.{suffix}" in page
            with client.get(f"/ratings/papers/{made.id}.{suffix}") as answer:
                text = read(answer.data)
            assert [one for one in said if one not in text] == [], suffix
            assert suffix == "pdf" or all(one in text for one in narrow)
            assert COMMENT not in text and "指示牌" not in text


def test_the_figures_are_those_of_the_page_with_their_intervals(
    rated: RatingCase, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    asked = queries.asked_of(evaluation, "mass")
    told = papers.content(papers.freeze(evaluation, asked, cast.head.unit, cast.office.unit))
    assert told.whole
    assert (told.received, told.whole.n, told.points, told.period.endswith("日")) == ("13份", 13, 2, True)
    assert told.whole.low < told.whole.mean < told.whole.high
    assert told.whole.share_low < told.whole.share < told.whole.share_high
    manner, efficiency, law, *_ = told.questions
    assert manner.rated and efficiency.rated
    assert (manner.rated.n, efficiency.rated.n, law.rated, law.hidden) == (13, 9, None, "不足5份，不显示")


def test_what_could_be_taken_out_of_the_sum_is_hidden_and_said_so(
    rated: RatingCase, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    asked = queries.asked_of(evaluation, "mass")
    told = papers.content(papers.freeze(evaluation, asked, cast.head.unit, cast.office.unit))
    assert {(one.name, one.rated, one.hidden) for one in told.places} == {
        ("户籍科", None, "不足5份，不显示"),
        ("3号窗口", None, "不显示"),
    }


def test_a_unit_hardly_anybody_rated_reads_no_figure(
    desk: RatingPoint, praise: Campaign, cast: SimpleNamespace
) -> None:
    for _ in range(3):
        say(desk, F_H1="l5")
    told = papers.content(papers.freeze(praise, queries.asked_of(praise, "service"), desk.unit, cast.office.unit))
    assert (told.received, told.whole, told.tables) == ("不足5份", None, [])
    assert ("结果", "份数太少，不显示，免得认出是谁评的。") in told.entries
    assert told.comments == "没有转办的意见。"


def test_what_the_board_hides_of_a_unit_is_hidden_here(
    desk: RatingPoint, praise: Campaign, cast: SimpleNamespace
) -> None:
    for _ in range(9):
        say(desk, F_H1="l5")
    other = put_point(praise, cast, "service", "大厅", cast.stranger.unit)
    for _ in range(2):
        say(other, F_H1="l1")
    told = papers.freeze(praise, queries.asked_of(praise, "service"), desk.unit, cast.office.unit)
    assert (told["received"], told["whole"]) == ("不显示", None)


def test_unchanged_it_stays_one_paper_and_changed_it_is_the_next(
    rated: RatingCase, counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    first = give(evaluation, "mass", cast.head.unit, cast.office)
    assert give(evaluation, "mass", cast.head.unit, cast.office) is first
    kept = first.pdf_sha256
    say(counter, S_E1="good")
    second = give(evaluation, "mass", cast.head.unit, cast.office)
    assert (first.number, second.number, first.pdf_sha256) == (1, 2, kept)
    assert second.pdf_sha256 not in {None, kept}


def test_a_paper_outlives_comments_without_keeping_them(
    rated: RatingCase, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    made = give(evaluation, "mass", cast.head.unit, cast.office)
    assert COMMENT not in str(made.data)
    assert "指示牌" not in str(made.data)


def test_nothing_is_given_out_where_nobody_has_rated(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace, client_for: Client
) -> None:
    with pytest.raises(Conflict, match="还没有收到评价"):
        service.give_out(evaluation, queries.asked_of(evaluation, "mass"), cast.head.unit, by=cast.office)
    page = client_for(cast.office).get(f"/ratings/units/{cast.head.unit_id}?campaign={evaluation.id}")
    assert "出具" not in page.get_data(as_text=True)


def test_only_the_office_gives_out_and_strangers_read_nothing(
    rated: RatingCase, evaluation: Campaign, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client
) -> None:
    made = give(evaluation, "mass", cast.head.unit, cast.office)
    with pytest.raises(Forbidden):
        service.give_out(evaluation, queries.asked_of(evaluation, "mass"), cast.head.unit, by=cast.admin)
    for user, status in ((cast.stranger, 404), (county.office, 404), (cast.style, 403), (cast.deputy, 200)):
        with client_for(user).get(f"/ratings/papers/{made.id}.pdf") as answer:
            assert answer.status_code == status, user.username
    for user in (cast.head, cast.admin):
        client = client_for(user)
        assert client.post(f"/ratings/units/{cast.head.unit_id}/papers?campaign={evaluation.id}").status_code == 403
        assert client.post(f"/ratings/papers/{made.id}/again").status_code == 403
    office = client_for(cast.office)
    assert office.post(f"/ratings/units/{uuid.uuid4()}/papers?campaign={evaluation.id}").status_code == 404
    assert office.get(f"/ratings/papers/{uuid.uuid4()}.pdf").status_code == 404
    assert office.post(f"/ratings/papers/{made.id}/again").status_code == 303


def test_many_counters_and_problems_run_over_pages() -> None:
    places = tuple(RatedGroup(f"政务大厅{number}号窗口", RATED) for number in range(60))
    one = RatedProblem("WT-2018-市直-公安局-0007", "空岗", "一般", "有群众反映无人。" * 20, "整改中", date(2018, 12, 5))
    made = render(replace(PAPER, places=places, problems=(one,) * 12), generated=GENERATED)
    text = text_of(made.pdf)
    assert made.pages > 2 and made.missing_glyphs == ()
    assert text.count("86.3（83.1–89.0）") == 61
    assert "转为问题12个" in text
