"""The papers themselves: made by jobs as PDF and Word, signed, kept as they were issued; letters, records, previews."""

import io
import json
from datetime import timedelta

import docx
import pdfplumber
import pytest
from PIL import Image

from tests.rectification import paper_stage as papers
from walkthrough_app import jobs
from walkthrough_app.core import clock, db
from walkthrough_app.documents.papers import render
from walkthrough_app.jobs import runner
from walkthrough_app.media import service as media
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.machine import State as FindingState
from walkthrough_app.rectification.models import Finding, FindingPhoto, PhotoRole
from walkthrough_app.rectification.offers import at
from walkthrough_app.rectification.papers import contents, life, service, word
from walkthrough_app.rectification.papers.life import Kind, State, Verb, Who
from walkthrough_app.rectification.papers.models import OfficialPaper
from walkthrough_app.rectification.papers.service import prints

OFFICE = "示例市作风整顿办"


@pytest.fixture(autouse=True)
def _no_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction holds the lock that a heartbeat would wait for."""
    monkeypatch.setattr(runner, "BEAT_SECONDS", 3600)


@pytest.fixture
def store(app) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def finding(cast, campaign, store) -> Finding:
    return papers.finding(cast.head, campaign, store)


def test_an_issued_notice_is_a_signed_pdf_and_a_word_file_with_all_it_says(cast, finding, store, client_for):
    paper = papers.issued(cast.office, finding)
    head = client_for(cast.head)
    waiting = head.get(f"/papers/{paper.id}")
    assert "正在生成" in waiting.text
    assert waiting.headers["Refresh"] == "2"
    assert head.get(f"/papers/{paper.id}/v1.pdf").status_code == 409
    jobs.run_pending()
    pdf = head.get(f"/papers/{paper.id}/v1.pdf", buffered=True)
    assert pdf.headers["Content-Security-Policy"].startswith("sandbox")
    text = words(pdf.data)
    for one in (paper.code, finding.code, "示例市公安局", "现将下列事项列入督办", "办理情况反馈表", "□同意办结"):
        assert one.replace(" ", "") in text
    assert b"/ByteRange" in pdf.data  # signed
    written = told(head.get(f"/papers/{paper.id}/v1.docx", buffered=True).data)
    for one in (paper.code, finding.code, "办理情况反馈表", "现将下列事项列入督办"):
        assert one in written
    assert client_for(cast.stranger).get(f"/papers/{paper.id}/v1.pdf").status_code == 404
    assert head.get(f"/papers/{paper.id}/v9.pdf").status_code == 404


def test_the_closed_edition_has_the_whole_life_in_it(cast, finding):
    paper = papers.issued(cast.office, finding)
    service.sign(paper, by=cast.liaison)
    service.urge(paper, clock.today(), "电话", "正在调试设备", by=cast.office)
    service.reply(paper, "大厅增开两个窗口。", "等候降到8分钟。", by=cast.liaison)
    service.confirm(paper, by=cast.head)
    finding.state = FindingState.RECTIFIED
    service.approve(paper, "现场核对属实。", by=cast.office)
    frozen = json.loads(json.dumps(paper.prints[1].data))  # as the database gives it back
    text = words(render(contents.of(frozen), generated=clock.now()).pdf)
    written = told(word.write(contents.of(frozen), frozen, {}, clock.now()))
    for one in (
        "大厅增开两个窗口。",
        "等候降到8分钟。",
        "☑同意办结",
        "现场核对属实。",
        "正在调试设备",
        "示例市公安局局长",
    ):
        assert one in text
        assert one in written
    assert paper.prints[0].data["life"] == {"urges": [], "extensions": []}  # as it was issued


def test_a_letter_hands_several_problems_of_a_unit_over(cast, campaign, store, client_for):
    finding, second = papers.findings(cast.head, campaign, store, "居住证申领", "户口迁移")
    second.state, second.due_on = FindingState.REGISTERED, None
    db.session.commit()
    office, address = client_for(cast.office), f"/papers/letters/new?finding={finding.id}&finding={second.id}"
    sent = papers.fields(office.get(address).text)
    assert office.post(address, data=sent).status_code == 303
    paper = db.session.query(OfficialPaper).one()
    assert papers.send(office, f"/papers/{paper.id}/issue").status_code == 303
    assert paper.code == f"交办函〔{paper.year}〕1号"
    db.session.refresh(second)
    assert second.state is FindingState.ASSIGNED  # its clock runs from the letter on
    text = words(render(contents.of(paper.prints[0].data), generated=clock.now()).pdf)
    for one in (finding.code, second.code, "5个工作日内书面提出", "专此函达。"):
        assert one in text
    liaison = client_for(cast.liaison)
    assert papers.send(liaison, f"/papers/{paper.id}/sign").status_code == 303
    assert paper.state is State.SIGNED
    assert papers.said(liaison, paper, "reply", done="改了。", result="好了。").status_code == 409


def test_a_record_sets_then_and_now_side_by_side(cast, finding, store, client_for, picture):
    office, address = client_for(cast.office), f"/papers/rechecks/new?finding={finding.id}"
    assert office.get(address).status_code == 409  # nobody has looked again yet
    _looked_again(cast, finding, store, picture)
    sent = papers.fields(office.get(address).text)
    assert (sent["state_now"], sent["conclusion"]) == ("现场取号1次，等候9分钟。", "没有整改到位，退回重办。")
    assert office.post(address, data=sent).status_code == 303
    paper = db.session.query(OfficialPaper).one()
    assert len(paper.data["pictures"]) == 1
    service.issue(paper, by=cast.office)
    db.session.commit()
    jobs.run_pending()
    db.session.expire_all()
    made = paper.prints[0]
    with pdfplumber.open(store.path(made.pdf_sha256)) as opened:
        assert sum(len(page.images) for page in opened.pages) == 2
        assert "现场取号1次，等候9分钟。" in "".join(page.extract_text() for page in opened.pages).replace(" ", "")
    assert len(docx.Document(str(store.path(made.docx_sha256))).inline_shapes) == 2
    assert client_for(cast.head).get(f"/papers/{paper.id}").status_code == 200


def test_a_draft_is_previewed_as_pdf_and_taken_as_word(cast, finding, client_for):
    paper, office = papers.notice(cast.office, finding), client_for(cast.office)
    place = office.post(f"/papers/{paper.id}/preview").location
    assert "正在排版" in office.get(place).text
    jobs.run_pending()
    shown = office.get(office.get(place).location, buffered=True)
    assert "草稿，签发时编号" in words(shown.data)
    assert office.post(f"/papers/{paper.id}/preview").location == place  # the same text has one preview
    assert "草稿，签发时编号" in told(office.get(f"/papers/{paper.id}/draft.docx", buffered=True).data)
    assert office.get(f"/papers/{paper.id}/preview/nothing").status_code == 404
    assert client_for(cast.head).post(f"/papers/{paper.id}/preview").status_code == 403
    assert client_for(cast.head).get(f"/papers/{paper.id}/draft.docx").status_code == 403
    service.issue(paper, by=cast.office)
    db.session.commit()
    assert office.get(f"/papers/{paper.id}/draft.docx").status_code == 409


def test_files_that_could_not_be_made_are_asked_for_again(cast, finding, client_for):
    paper, office = papers.issued(cast.office, finding), client_for(cast.office)
    job = prints.job_of(paper.prints[0])
    job.state, job.error = jobs.JobState.FAILED, "缺少字体。"
    db.session.commit()
    assert "缺少字体。" in office.get(f"/papers/{paper.id}").text
    assert client_for(cast.head).post(f"/papers/{paper.id}/v1/again").status_code == 403
    assert office.post(f"/papers/{paper.id}/v1/again").status_code == 303
    assert "正在生成" in office.get(f"/papers/{paper.id}").text


def test_equal_papers_are_equal_bytes(cast, finding):
    frozen, at_ = prints.freeze(papers.notice(cast.office, finding)), clock.now()
    written = [word.write(contents.of(frozen), frozen, {}, at_) for _ in range(2)]
    assert written[0] == written[1]


def test_the_ledger_offers_papers_to_desks_only(cast):
    offered = [one.label for one in at("finding", cast.office, FindingState.RECTIFYING)]
    assert {"发督办通知单", "发交办函", "列入通报", "出回头看记录"} <= set(offered)
    assert "写典型材料" in [one.label for one in at("finding", cast.style, FindingState.CLOSED)]
    assert "发督办通知单" not in [one.label for one in at("finding", cast.office, FindingState.CLOSED)]
    assert not at("finding", cast.head, FindingState.RECTIFYING)
    assert {"发督办通知单", "发交办函", "列入通报"} <= {one.label for one in at("ledger_bulk", cast.office)}


def test_every_paper_has_a_way_to_its_end_and_none_back_from_it():
    for kind in Kind:
        reached, new = set(), {State.DRAFT}
        while new:
            reached |= new
            new = {
                move.target
                for verb, move in life.MOVES.items()
                for state in reached
                if move.target and life.is_open(verb, kind, state)
            } - reached
        assert State.ISSUED in reached
        assert (State.CLOSED in reached) is (kind is Kind.NOTICE)
        for end in (State.CLOSED, State.DROPPED):
            assert not life.verbs_of(kind, end, frozenset(Who))
    assert Verb.AMEND not in life.verbs_of(Kind.NOTICE, State.ISSUED, frozenset(Who))


@pytest.fixture
def picture(store):
    """Take pictures into the store, each different."""

    def run(seed: int):
        stream = io.BytesIO()
        Image.effect_noise((320, 240), seed * 40).save(stream, "JPEG")
        stream.seek(0)
        return media.add_photo(stream, store=store)

    return run


def _looked_again(cast, finding, store, picture) -> None:
    for seed, role in ((1, PhotoRole.BEFORE), (2, PhotoRole.RECHECK)):
        taken = picture(seed)
        db.session.add(FindingPhoto(finding_id=finding.id, role=role, sha256=taken.sha256))
    finding.state, finding.rectified_by_id = FindingState.RECHECKING, cast.head.id
    db.session.flush()
    due = clock.today() + timedelta(days=9)
    ledger.failed(finding, "现场取号1次，等候9分钟。", by=cast.office, due_on=due)
    db.session.commit()


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() or "" for page in opened.pages).replace(" ", "").replace("\n", "")


def told(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "".join(one.text or "" for one in document.element.body.iter() if one.tag.endswith("}t"))
