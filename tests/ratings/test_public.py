"""What the public page promises: no name, no cookie, no script; once is once; every refusal is one clear sentence."""

import re
from datetime import timedelta
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.ratings.conftest import Passer
from walkthrough_app.campaigns.models import CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.ratings import formkeys, service
from walkthrough_app.ratings.models import DaySecret, Rating, RatingCase, RatingPoint, SourceCount

ROOM = 15 * 1024  # bytes


def ratings() -> list[Rating]:
    return list(db.session.scalars(select(Rating)))


def test_anybody_rates_without_account_or_name(passer: Passer) -> None:
    page = passer.open()
    assert "示例市公安局" in page
    assert "3号窗口" in page
    answer = passer.post(S_E1="good", S_E2="bad", S_E6="多开一个窗口", go="next")
    assert answer.status_code == 303
    assert "谢谢您的评价" in passer.client.get(answer.headers["Location"]).get_data(as_text=True)
    (kept,) = ratings()
    assert kept.answers == {"S-E1": "good", "S-E2": "bad"}
    assert (kept.comment, kept.is_aside, kept.given_on) == ("多开一个窗口", False, clock.today())


def test_nothing_but_the_first_answer_is_needed(passer: Passer) -> None:
    passer.open()
    assert passer.post(S_E3="unknown", go="next").status_code == 303
    assert ratings()[0].answers == {"S-E3": "unknown"}


def test_the_page_sets_no_cookie_runs_no_script_and_calls_nobody(passer: Passer, app: Flask) -> None:
    for address in (f"/r/{passer.code}", f"/r/{passer.code}?elder=1", f"/r/{passer.code}/thanks"):
        answer = passer.client.get(address)
        page = answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
        assert "<script" not in page
        assert not re.search(r"(?:src|href|action)=\"(?!/(?:r|static)/)", page)
    passer.open()
    assert "Set-Cookie" not in passer.post(S_E1="good", go="next").headers


def test_page_and_style_sheet_together_are_small(passer: Passer, customer: Passer) -> None:
    for one in (passer, customer):
        page = one.client.get(f"/r/{one.code}")
        sheet = re.search(r'href="(/static/[^"]+rate\.css)"', page.get_data(as_text=True))
        assert sheet
        assert len(page.data) + len(one.client.get(sheet[1]).data) < ROOM


def test_a_level_is_followed_by_its_own_reasons_only(customer: Passer) -> None:
    page = customer.open()
    assert "非常不满意" in page
    assert "没有提供材料样本" not in page
    second = customer.post(F_H1="l2").get_data(as_text=True)
    assert "没有提供材料样本" in second
    assert "一窗受理一次办结" not in second
    customer.carried = {"at": 1, "F-H1": "l2"}
    assert customer.post(F_H3=["c207", "c214"], F_H7="态度生硬", go="next").status_code == 303
    (kept,) = ratings()
    assert kept.answers == {"F-H1": "l2", "F-H3": ["c207", "c214"]}


def test_reasons_of_another_level_are_not_taken(customer: Passer) -> None:
    customer.open()
    customer.carried = {"at": 1, "F-H1": "l5"}
    customer.post(F_H2=["c108"], F_H6=["c510"], go="next")
    assert ratings()[0].answers["F-H1"] == "l5"
    assert "F-H2" not in ratings()[0].answers


def test_the_level_is_the_one_thing_that_must_be_said(customer: Passer) -> None:
    customer.open()
    answer = customer.post(go="next")
    assert answer.status_code == 422
    assert "请先选一项" in answer.get_data(as_text=True)
    assert ratings() == []


def test_the_elder_page_asks_one_thing_at_a_time_and_carries_the_answers(passer: Passer) -> None:
    assert "服务态度" in passer.open("?elder=1")
    passer.carried = {"elder": 1}
    page = passer.post(S_E1="good").get_data(as_text=True)
    assert "办事效率" in page
    assert "服务态度" not in page
    assert 'name="S-E1" value="good"' in page
    back = passer.post(at=1, S_E1="good", go="back").get_data(as_text=True)
    assert "服务态度" in back
    last = passer.post(at=4, S_E1="good", S_E2="fair", S_E5="good").get_data(as_text=True)
    assert "意见建议" in last
    answer = passer.post(at=5, S_E1="good", S_E2="fair", S_E5="good", S_E6="", go="next")
    assert answer.status_code == 303
    assert "elder=1" in answer.headers["Location"]
    assert ratings()[0].answers == {"S-E1": "good", "S-E2": "fair", "S-E5": "good"}


def test_numbers_of_people_never_come_into_the_database(passer: Passer) -> None:
    passer.open()
    passer.post(
        S_E6="找张三 138 0013-8000，身份证１１０１０１１９９００１０１１２３Ｘ，一三八零零一三八零零零，a@b.cn",
        go="next",
    )
    comment = ratings()[0].comment
    assert not re.search(r"\d{3}|１１０|一三八|@", comment)
    assert comment.startswith("找张三 〔已隐去〕")


def test_the_same_form_sent_again_is_the_same_rating(passer: Passer) -> None:
    passer.open()
    token = passer.token
    for _ in range(3):
        passer.token = token
        assert passer.post(S_E1="good", go="next").status_code == 303
    assert len(ratings()) == 1


def test_a_sent_form_is_still_thanked_for_when_the_point_has_closed(
    passer: Passer, counter: RatingPoint, cast: SimpleNamespace
) -> None:
    passer.open()
    passer.post(S_E1="good", go="next")
    service.close_point(counter, by=cast.office)
    db.session.commit()
    assert passer.post(S_E1="good", go="next").status_code == 303


def test_a_closed_point_says_so(passer: Passer, counter: RatingPoint, cast: SimpleNamespace) -> None:
    passer.open()
    service.close_point(counter, by=cast.office)
    db.session.commit()
    for answer in (passer.client.get(f"/r/{passer.code}"), passer.post(S_E1="good", go="next")):
        assert answer.status_code == 410
        assert "这里的评价已经结束" in answer.get_data(as_text=True)
    assert ratings() == []


def test_a_campaign_that_is_over_takes_no_more(passer: Passer, counter: RatingPoint) -> None:
    counter.campaign.state = CampaignState.CLOSED
    db.session.commit()
    assert passer.client.get(f"/r/{passer.code}").status_code == 410


def test_a_code_that_is_none_is_404_in_one_sentence(anonymous: FlaskClient) -> None:
    for code in ("abcdefghjkmn", "%E4%B8%80", "x" * 500):
        answer = anonymous.get(f"/r/{code}")
        assert answer.status_code == 404
        assert "没有这个评价码" in answer.get_data(as_text=True)
    assert anonymous.post("/r/abcdefghjkmn", data={"S-E1": "good"}).status_code == 404


def test_a_forged_token_counts_nothing_and_keeps_what_was_chosen(passer: Passer, counter: RatingPoint) -> None:
    passer.open()
    good = passer.token
    for token in ("", "x", good[:-2] + "AA", formkeys.issue("another key", counter.code)):
        passer.token = token
        answer = passer.post(S_E1="bad", S_E6="还在", go="next")
        assert answer.status_code == 400
        page = answer.get_data(as_text=True)
        assert 'value="bad" checked' in page
        assert "还在" in page
    assert ratings() == []


def test_a_token_of_another_point_is_none_here(passer: Passer, customer: Passer) -> None:
    passer.open()
    customer.open()
    passer.token = customer.token
    assert passer.post(S_E1="good", go="next").status_code == 400


def test_a_page_left_open_for_hours_is_sent_with_one_more_tap(passer: Passer) -> None:
    with clock.pinned(clock.now() - timedelta(hours=7)):
        passer.open()
    answer = passer.post(S_E1="good", go="next")
    assert answer.status_code == 400
    assert "您选的都还在" in answer.get_data(as_text=True)
    assert passer.post(S_E1="good", go="next").status_code == 303


def test_a_robot_is_stopped_for_a_minute_and_others_are_not(passer: Passer) -> None:
    answers = []
    for _ in range(25):
        passer.open()
        answers.append(passer.post(S_E1="bad", go="next").status_code)
    assert answers[:20] == [303] * 20
    assert 429 in answers[20:]
    passer.address = "198.51.100.9"
    passer.open()
    assert passer.post(S_E1="good", go="next").status_code == 303


def test_one_source_a_day_counts_a_few_times_and_the_rest_is_set_aside(passer: Passer) -> None:
    for _ in range(8):
        passer.open()
        passer.post(S_E1="bad", go="next")
    kept = sorted(one.is_aside for one in ratings())
    assert kept == [False] * 5 + [True] * 3
    assert db.session.scalar(select(func.count()).select_from(RatingCase).where(RatingCase.is_aside)) == 3


def test_another_phone_in_the_same_hall_is_another_source(passer: Passer) -> None:
    for number in range(8):
        passer.browser = f"phone {number}"
        passer.open()
        passer.post(S_E1="good", go="next")
    assert not any(one.is_aside for one in ratings())


def test_the_secret_of_a_day_goes_with_the_day(passer: Passer) -> None:
    with clock.pinned(clock.now() - timedelta(days=1)):
        passer.open()
        passer.post(S_E1="good", go="next")
        before = db.session.scalars(select(DaySecret.day)).all()
    passer.open()
    passer.post(S_E1="good", go="next")
    after = db.session.scalars(select(DaySecret.day)).all()
    assert len(before) == len(after) == 1
    assert before != after
    assert set(db.session.scalars(select(SourceCount.day))) == set(after)


def test_too_large_a_post_is_refused_before_it_is_read(passer: Passer) -> None:
    passer.open()
    assert passer.post(S_E6="长" * 20_000, go="next").status_code == 413
    assert ratings() == []


def test_too_long_a_comment_is_shown_again_with_a_sentence(passer: Passer) -> None:
    passer.open()
    answer = passer.post(S_E1="good", S_E6="长" * 501, go="next")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "最多500个字" in page
    assert "长" * 501 in page
    assert ratings() == []


def test_hostile_text_is_text(passer: Passer, cast: SimpleNamespace, client_for) -> None:
    nasty = "<script>alert(1)</script>\x00\u202e=cmd|' /C calc'!A0{{7*7}}"
    passer.open()
    assert passer.post(S_E6=nasty, go="next").status_code == 303
    case = db.session.scalars(select(RatingCase)).one()
    page = client_for(cast.office).get(f"/ratings/cases/{case.id}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\x00" not in case.rating.comment
    assert "{{7*7}}" in case.rating.comment


def test_answers_that_are_none_are_refused(passer: Passer) -> None:
    passer.open()
    for said in ({"S_E1": "excellent"}, {"S_E1": ["good", "bad"]}, {"S_E1": "x" * 400}):
        assert passer.post(**said, go="next").status_code == 422
    for at in ("-5", "99", "abc", "1e9"):
        assert passer.post(at=at, S_E1="good").status_code in {200, 303}


def test_a_rating_says_nothing_about_who_gave_it(passer: Passer) -> None:
    passer.open()
    passer.post(S_E1="good", S_E6="谢谢", go="next")
    kept = {column.name for table in (Rating.__table__, RatingCase.__table__) for column in table.columns}
    assert not {name for name in kept if "at" in name.split("_") or "mark" in name or "address" in name}
    stored = " ".join(str(row) for row in db.session.execute(select(SourceCount.mark, SourceCount.day)))
    assert passer.address not in stored
