"""A unit writes down what its programme asks for; nothing that was said is lost."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from sqlalchemy import func, select

from tests.records.conftest import SOON, Desk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db, ids
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.records import queries
from walkthrough_app.records.models import Record, RecordState, Verb

At = Callable[[User, Campaign], Desk]


def test_a_promise_is_kept_with_its_day_and_its_title(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    made = at(cast.liaison, strict).made("commitment", S_R1="居住证当场办结\n不用等", S_R3="2026-12-31")
    assert made.title == "居住证当场办结"
    assert made.due_on == date(2026, 12, 31)
    assert (made.state, made.unit, made.made_by) == (RecordState.OPEN, cast.head.unit, cast.liaison)
    audited = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_id == made.id)).all()
    assert audited == ["record.made"]


def test_one_that_asks_nothing_afterwards_is_settled_at_once(
    at: At, cast: SimpleNamespace, effective: Campaign
) -> None:
    assert at(cast.head, effective).made("training").state is RecordState.SETTLED


def test_the_form_sent_twice_is_one_record(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk, tap = at(cast.head, strict), str(ids.new())
    first, second = desk.send("commitment", tap=tap), desk.send("commitment", tap=tap, S_R1="另一个")
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.scalar(select(func.count(Record.id))) == 1


def test_what_may_be_written_once_is_refused_a_second_time(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    at(cast.head, run_once).made("selfcheck")
    answer = at(cast.liaison, run_once).send("selfcheck")
    assert answer.status_code == 409
    assert "已经填过一份" in answer.get_data(as_text=True)
    at(cast.stranger, run_once).made("selfcheck")


def test_a_change_keeps_what_was_said_before(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment", S_R1="三天办结")
    assert desk.change(made, S_R1="两天办结").status_code == 303
    db.session.expire_all()
    assert made.title == "两天办结"
    last = queries.entries_of(made)[-1]
    assert (last.verb, last.by, last.before["answers"]["S-R1"]) == (Verb.CHANGED, cast.head, "三天办结")
    page = desk.page(made)
    assert "两天办结" in page and "三天办结" in page


def test_two_people_at_one_record_the_second_is_told(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    made = at(cast.head, strict).made("commitment")
    seen = made.revision
    assert at(cast.head, strict).change(made, S_R1="先改的").status_code == 303
    answer = at(cast.liaison, strict).change(made, seen=seen, S_R1="后改的")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "刚刚被别人改过" in page and "后改的" in page
    db.session.expire_all()
    assert made.title == "先改的"
    assert f'name="seen" type="hidden" value="{made.revision}"' in page


def test_a_change_sent_twice_is_one_change(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk, tap = at(cast.head, strict), str(ids.new())
    made = desk.made("commitment")
    seen = made.revision
    for _ in range(2):
        assert desk.change(made, tap=tap, seen=seen, S_R1="改了").status_code == 303
    assert [one.verb for one in queries.entries_of(made)] == [Verb.MADE, Verb.CHANGED]


def test_it_is_settled_with_what_came_of_it(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment")
    assert desk.change(made, "settle", S_R7="窗口当场办").status_code == 303
    db.session.expire_all()
    assert (made.state, made.settled_by_id) == (RecordState.SETTLED, cast.head.id)
    assert made.follow_up == {"S-R6": "yes", "S-R7": "窗口当场办"}
    assert desk.change(made, "settle", S_R7="改过的结果").status_code == 303
    assert queries.entries_of(made)[-1].before["follow_up"]["S-R7"] == "窗口当场办"


def test_what_has_no_end_cannot_be_settled(at: At, cast: SimpleNamespace, effective: Campaign) -> None:
    desk = at(cast.head, effective)
    assert desk.change(desk.made("training"), "settle").status_code == 409


def test_one_taken_back_says_why_and_makes_room_for_another(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.head, run_once)
    made = desk.made("plan")
    answer = desk.client.post(f"/records/one/{made.id}/withdraw", data={"reason": ""})
    assert answer.status_code == 200 and "请写明为什么撤销" in answer.get_data(as_text=True)
    assert desk.client.post(f"/records/one/{made.id}/withdraw", data={"reason": "发错了"}).status_code == 303
    db.session.expire_all()
    assert made.state is RecordState.WITHDRAWN
    assert "发错了" in desk.page(made)
    assert desk.change(made).status_code == 409
    assert desk.made("plan").id != made.id


def test_what_is_missing_is_named_and_what_was_typed_stays(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    answer = at(cast.head, strict).send("commitment", S_R1="", S_R2="一天办结", S_R3="2026-02-30")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "请填写“承诺内容”。" in page and "请填一个日期" in page
    assert "一天办结" in page and "2026-02-30" in page
    assert db.session.scalar(select(func.count(Record.id))) == 0


def test_a_note_is_asked_for_where_the_questionnaire_wants_one(
    at: At, cast: SimpleNamespace, effective: Campaign
) -> None:
    answer = at(cast.head, effective).send("weakness", F_R11="no")
    assert "表现在哪里，请写明。" in answer.get_data(as_text=True)


def test_what_does_not_apply_is_neither_asked_nor_kept(at: At, cast: SimpleNamespace, effective: Campaign) -> None:
    made = at(cast.head, effective).made("first_ask", F_R33="own", F_R35="none")
    assert "F-R35" not in made.answers and "F-R34" in made.answers


def test_an_answer_nobody_could_have_tapped_is_refused(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    assert "请从列出的选项里选" in desk.send("problem_list", S_R12="'; drop table record").get_data(as_text=True)
    assert "请填0到999之间的整数" in desk.send("commitment", S_R5="-1").get_data(as_text=True)
    assert "最多500个字" in desk.send("commitment", S_R1="长" * 501).get_data(as_text=True)


def test_voices_hold_no_number_of_a_person(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.liaison, run_once)
    assert "不记姓名、电话" in desk.send("voice", Y_R33="王某，13812345678").get_data(as_text=True)
    assert "不记姓名、电话" in desk.send("voice", Y_R33="证号11010119900307123X").get_data(as_text=True)
    assert desk.made("voice", Y_R33="跑了3趟，受理号20180715001").title.startswith("跑了3趟")


def test_a_campaign_put_away_is_only_read(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment")
    strict.state = CampaignState.ARCHIVED
    db.session.commit()
    assert desk.send("commitment").status_code == 403
    assert desk.change(made).status_code == 403
    assert "填写" not in desk.client.get(desk.list_of("commitment")).get_data(as_text=True).split("<main")[1]
    assert SOON[:4] in desk.page(made)


def test_it_keeps_the_questionnaire_it_was_begun_with(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    from walkthrough_app.questionnaires import service, source

    made = at(cast.head, strict).made("commitment")
    newer = dict(source.programme("four_strict"), version=2)
    newer["records"] = [one for one in newer["records"] if one["id"] != "commitment"]
    strict.questionnaire_id = service.publish(newer).id
    db.session.commit()
    assert "承诺内容" in at(cast.head, strict).page(made)
    assert at(cast.head, strict).client.get(f"/records/{strict.id}/commitment").status_code == 404
