"""通报: heard about by who is named, reviewed by somebody else, issued to its readers, naming no natural person."""

from datetime import timedelta

import pytest

from tests.rectification import paper_stage as papers
from tests.rectification.test_numbers import BRIEF
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.rectification.papers import contents, names, queries, service
from walkthrough_app.rectification.papers.life import Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, Part
from walkthrough_app.rectification.papers.service import hearing


@pytest.fixture
def finding(cast, campaign, app):
    return papers.finding(cast.head, campaign, app.extensions["media_store"])


@pytest.fixture
def drafted(cast, finding, client_for):
    """Draft a bulletin over HTTP, as the page offers it; `changes` are typed over it."""

    def run(**changes) -> OfficialPaper:
        office, address = client_for(cast.office), f"/papers/bulletins/new?finding={finding.id}"
        sent = papers.fields(office.get(address).text) | changes
        answer = office.post(address, data=sent)
        assert answer.status_code == 303, answer.text
        return (
            db.session.query(OfficialPaper)
            .filter_by(kind=Kind.BULLETIN)
            .order_by(OfficialPaper.created_at.desc())
            .first()
        )

    return run


def test_a_bulletin_is_made_of_findings_by_class_and_issued_after_hearing_and_review(cast, drafted, client_for):
    paper = drafted()
    assert "示例市公安局“居住证申领”，" in paper.data["facts_C"]
    assert "只开1个窗口" in paper.data["facts_C"]
    assert "共走流程1次，涉及1个单位，其中1个单位存在问题，发现问题1个" in paper.data["overview"]
    assert [one.name for one in paper.units_of(Part.NAMED)] == ["示例市公安局"]
    office, head, style = client_for(cast.office), client_for(cast.head), client_for(cast.style)
    assert head.get(f"/papers/{paper.id}").status_code == 404
    until = clock.today() + timedelta(days=3)
    assert papers.said(office, paper, "hear", until=until.isoformat()).status_code == 303
    assert "征求您单位的意见" in head.get(f"/papers/{paper.id}").text
    waiting = papers.said(style, paper, "review", text="可以。")
    assert waiting.status_code == 404  # the office's own draft is not the group's
    assert papers.said(head, paper, "answer", agrees="no", text="").status_code == 200  # an objection needs words
    assert papers.said(head, paper, "answer", agrees="no", text="当天是3个窗口。").status_code == 303
    shown = office.get(f"/papers/{paper.id}").text
    assert "有意见" in shown
    assert "当天是3个窗口。" in shown
    other = _second(cast)
    service.review(paper, "事实清楚。", by=other)
    service.issue(paper, by=cast.office)
    db.session.commit()
    assert (paper.code, paper.state) == ("通报第1期", State.ISSUED)
    assert paper.title in client_for(cast.county).get("/papers").text
    assert client_for(cast.county).get(f"/papers/{paper.id}").status_code == 200


def test_a_named_unit_reads_what_is_said_about_it_and_nothing_about_others(cast, finding, drafted, client_for):
    lines = "示例市公安局户籍窗口，7月9日，等候20分钟。\n示例市人力资源和社会保障局，7月10日，无人在岗。"
    paper = drafted(facts_G=lines)
    assert {one.name for one in paper.units_of(Part.NAMED)} == {"示例市公安局", "示例市人力资源和社会保障局"}
    hearing.hear(paper, clock.today(), by=cast.office)
    db.session.commit()
    shown = client_for(cast.head).get(f"/papers/{paper.id}").text
    assert "等候20分钟" in shown
    assert "无人在岗" not in shown
    assert "人力资源" not in shown
    assert finding.code in shown
    other = client_for(cast.stranger).get(f"/papers/{paper.id}").text
    assert "无人在岗" in other
    assert "等候20分钟" not in other
    assert finding.code not in other


def test_who_wrote_in_it_never_reviews_it(cast, drafted, client_for):
    paper = drafted()
    hearing.hear(paper, clock.today(), by=cast.office)
    hearing.answer(paper, "", agrees=True, by=cast.head)
    db.session.commit()
    answer = papers.said(client_for(cast.office), paper, "review", text="可以。")
    assert answer.status_code == 403
    assert "请换一位同志" in answer.text
    with pytest.raises(Forbidden):
        hearing.review(paper, "可以。", by=cast.head)


def test_the_named_unit_is_waited_for_until_its_term_is_over(cast, drafted):
    paper, other = drafted(), _second(cast)
    with pytest.raises(Conflict, match="示例市公安局还没有答复"):
        hearing.review(paper, "可以。", by=other)
    hearing.hear(paper, clock.today(), by=cast.office)
    with pytest.raises(Conflict, match="还没有答复"):
        hearing.review(paper, "可以。", by=other)
    with clock.pinned(clock.now() + timedelta(days=1)):
        with pytest.raises(Conflict, match="已经过了"):
            hearing.answer(paper, "晚了。", agrees=False, by=cast.head)
        hearing.review(paper, "到期没有答复，事实清楚。", by=other)
    assert paper.state is State.REVIEWED


def test_an_unreviewed_bulletin_is_not_issued_and_a_reviewed_one_is_not_changed(cast, drafted, client_for):
    paper, office = drafted(), client_for(cast.office)
    refused = papers.send(office, f"/papers/{paper.id}/issue")
    assert refused.status_code == 409
    assert "由另一位同志审核" in refused.text
    hearing.hear(paper, clock.today(), by=cast.office)
    hearing.answer(paper, "", agrees=True, by=cast.liaison)
    hearing.review(paper, "可以。", by=_second(cast))
    db.session.commit()
    edit = f"/papers/{paper.id}/edit"
    sent = papers.fields(office.get(edit).text)
    assert office.post(edit, data=sent).status_code == 409
    assert papers.said(office, paper, "reopen", reason="漏了一条。").status_code == 303
    assert paper.state is State.DRAFT
    assert office.post(edit, data=sent | {"entry": papers.form_id()}).status_code == 303


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("示例市公安局户籍窗口head甲离岗27分钟。", "姓名“head甲”"),
        ("窗口人员 head 甲 离岗。", "姓名“head甲”"),
        ("当事人电话１３８-０４５３-１２３４。", "电话1380…"),
        ("投诉电话0453-6123456。", "电话0453…"),
        ("证件号231002 19800101 123X。", "证件号码2310…"),
    ],
)
def test_a_natural_person_stops_it_and_the_place_is_named(cast, drafted, text, found):
    paper = drafted(facts_G=text)
    with pytest.raises(Conflict) as refused:
        hearing.hear(paper, clock.today(), by=cast.office)
    assert f"存在的问题G类：{found}" in refused.value.message
    paper.units = []
    with pytest.raises(Conflict, match="不能有个人的姓名"):
        hearing.review(paper, "可以。", by=_second(cast))


def test_numbers_dates_and_the_offices_own_contact_are_no_persons(cast, drafted):
    text = "示例市公安局，7月25日10时05分至10时32分，WT-2026-市直-公安局-0007，9名群众等候27分钟。"
    paper = drafted(facts_G=text, contact_phone="0453-6123456")
    assert names.spots(contents.texts(Kind.BULLETIN, paper.data), names.known()) == []


@pytest.mark.parametrize(
    ("text", "is_stopped"),
    [
        ("示例市公安局户籍窗口，高峰时段只开1个窗口，早高峰排队40分钟。", False),
        ("示例市公安局户籍窗口高峰同志离岗27分钟。", True),
        ("示例市公安局窗口人员高峰时常离岗。", True),
        ("示例市公安局户籍窗口，高峰，离岗27分钟。", True),
        ("示例市公安局户籍窗口迎来高峰以后只开1个窗口。", True),
    ],
)
def test_a_word_that_is_also_a_name_is_told_from_a_person(cast, drafted, text, is_stopped):
    cast.deputy.name = "高峰"
    db.session.commit()
    paper = drafted(facts_G=text)
    assert bool(names.spots(contents.texts(Kind.BULLETIN, paper.data), names.known())) is is_stopped


def test_what_only_looks_like_a_name_goes_out_with_a_reason_and_a_person_never(cast, drafted, client_for):
    cast.deputy.name = "高峰"
    db.session.commit()
    line, reason = "示例市公安局迎来高峰以后只开1个窗口。", "高峰，指客流多的时候"
    paper, office = drafted(facts_G=line), client_for(cast.office)
    until = clock.today().isoformat()
    refused = papers.said(office, paper, "hear", until=until)
    assert (refused.status_code, "不是姓名的，修改时在" in refused.text) == (409, True)
    for no_reason in ("", "高峰", "指客流多的时候"):
        assert papers.said(office, drafted(facts_G=line, not_names=no_reason), "hear", until=until).status_code == 409
    said = drafted(facts_G=line, not_names=reason)
    assert papers.said(office, said, "hear", until=until).status_code == 303
    assert reason not in client_for(cast.head).get(f"/papers/{said.id}").text
    person = drafted(facts_G="示例市公安局高峰同志离岗。", not_names=reason)
    assert papers.said(office, person, "hear", until=until).status_code == 409


def test_an_account_that_an_office_shares_is_no_natural_person(cast, drafted):
    cast.office.name, cast.style.name, cast.liaison.name = "作风整顿办", "作风评议组", "办公室主任"
    db.session.commit()
    paper = drafted(facts_G="示例市公安局，作风整顿办、作风评议组核查时办公室主任离岗。")
    assert names.spots(contents.texts(Kind.BULLETIN, paper.data), names.known()) == []


def test_its_readers_are_whom_it_is_sent_to_and_whom_it_names(cast, county, drafted, client_for):
    whole, classed, chosen = (
        drafted(),
        drafted(scope="county"),
        drafted(scope="units", readers=str(cast.stranger.unit_id)),
    )
    for paper in (whole, classed, chosen):
        paper.state = State.ISSUED
        paper.issued_at = clock.now()
    db.session.commit()
    readers = {
        cast.county: {whole, classed},
        cast.stranger: {whole, chosen},
        cast.head: {whole, classed, chosen},  # named in all of them
        cast.party: {whole},
        county.head: {whole},
        cast.style: {whole, classed, chosen},
        county.office: set(),
        cast.admin: set(),
    }
    for user, expected in readers.items():
        assert set(queries.page(user, queries.Filters())[0]) == expected, user.username
    assert client_for(cast.party).get(f"/papers/{classed.id}").status_code == 404


def test_chosen_readers_must_be_chosen(cast, finding, client_for):
    office, address = client_for(cast.office), f"/papers/bulletins/new?finding={finding.id}"
    sent = papers.fields(office.get(address).text) | {"scope": "units"}
    answer = office.post(address, data=sent)
    assert answer.status_code == 200
    assert "请勾选发给哪些单位。" in answer.text
    assert db.session.query(OfficialPaper).count() == 0
    assert office.post(address, data=sent | {"scope": "everywhere"}).status_code == 200


def test_a_bulletin_of_a_county_stays_in_the_county(cast, county, campaign):
    made = service.draft(service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF, scope="all"), by=county.office)
    service.issue(made, by=county.office)
    assert set(queries.page(county.head, queries.Filters())[0]) == {made}
    assert set(queries.page(cast.county, queries.Filters())[0]) == {made}
    assert not queries.page(cast.head, queries.Filters())[0]
    assert set(queries.page(cast.office, queries.Filters())[0]) == {made}
    with pytest.raises(Forbidden):
        queries.paper_for(cast.office, made.id, verb=Verb.DROP)  # the city's office looks, and leaves it to the county


def test_a_practice_is_written_issued_and_told_in_the_next_bulletin(cast, finding, campaign, client_for):
    office = client_for(cast.office)
    sent = papers.fields(office.get("/papers/briefs/new").text)
    short = sent | dict.fromkeys(contents.BRIEF_PARTS, "一窗办理。") | {"title": "一窗办", "unit_name": "示例市公安局"}
    assert office.post("/papers/briefs/new", data=short).status_code == 303
    paper = db.session.query(OfficialPaper).one()
    refused = papers.send(office, f"/papers/{paper.id}/issue")
    assert refused.status_code == 409
    assert "典型经验写300到500个字，现在有20个字。" in refused.text
    service.amend(paper, service.Draft(Kind.BRIEF, campaign, "一窗办", BRIEF, scope="all"), by=cast.office)
    service.issue(paper, by=cast.office)
    db.session.commit()
    told = papers.fields(office.get(f"/papers/bulletins/new?finding={finding.id}").text)["praise"]
    assert told.startswith("示例市公安局：照相与受理合并在一个窗口。")
    assert "一窗办" in client_for(cast.county_liaison).get("/papers?kind=brief").text
    assert client_for(cast.head).get("/papers/briefs/new").status_code == 403


def test_the_term_of_a_hearing_is_a_day_to_come(cast, drafted):
    with pytest.raises(Invalid):
        hearing.hear(drafted(), clock.today() - timedelta(days=1), by=cast.office)


def _second(cast):
    """Put a second person into the office."""
    from tests import people
    from walkthrough_app.accounts.models import Role

    made = people.person("office2", "副主任", Role.OFFICE, cast.office.unit)
    db.session.commit()
    return made
