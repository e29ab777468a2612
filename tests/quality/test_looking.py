"""Walks are looked at in the background; flags are replaced together, and who came later is flagged, in any order."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

from sqlalchemy import select

from tests.quality.conftest import FACT
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.quality import queries, service
from walkthrough_app.quality.models import Flag, PhotoTrace, WalkTrace
from walkthrough_app.walkthroughs import service as walking
from walkthrough_app.walkthroughs.models import WalkEvent, Walkthrough

Put = Callable[..., Walkthrough]
Flags = Callable[[Walkthrough], dict[str, Flag]]
LATER = "2018-07-11T09:00:00+08:00"


def test_a_tap_only_asks_and_the_look_follows(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags
) -> None:
    walk = put(cast.head, fact=FACT, device="phone-x")
    assert flags(walk) == {}
    look()
    assert db.session.get(WalkTrace, walk.id)
    assert flags(walk) == {}


def test_a_picture_of_another_unit_is_seen(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags, pictures: SimpleNamespace
) -> None:
    first = put(cast.head, shown=(pictures.hall,))
    second = put(cast.stranger, at=LATER, shown=(pictures.hall,))
    third = put(cast.county, at=LATER, shown=(pictures.copy,))
    look()
    assert not {"picture_same", "picture_near"} & set(flags(first))
    assert flags(second)["picture_same"].sentence == "1张照片与另一单位的一次走流程里的照片是同一张。"
    assert flags(second)["picture_same"].others == [str(first.id)]
    assert "picture_same" not in flags(third)
    assert flags(third)["picture_near"].sentence == "1张照片与另一单位的一次走流程里的照片几乎一样。"
    assert set(flags(third)["picture_near"].others) == {str(first.id), str(second.id)}


def test_another_picture_of_a_like_hall_is_another_picture(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags, pictures: SimpleNamespace
) -> None:
    put(cast.head, shown=(pictures.hall,))
    second = put(cast.stranger, at=LATER, shown=(pictures.other,))
    look()
    assert not {"picture_same", "picture_near"} & set(flags(second))


def test_copied_words_are_seen_and_standard_ones_are_not(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags
) -> None:
    put(cast.head, fact=FACT)
    second = put(cast.stranger, at=LATER, fact=FACT.replace("两天", "三天"))
    third = put(cast.county, at=LATER, fact="咨询时没有说清楚办事地点，要带的材料没有一次说全")
    fourth = put(cast.party, at=LATER, fact="咨询时没有说清楚办事地点，要带的材料没有一次说全")
    look()
    found = flags(second)["text_copied"]
    assert found.sentence.startswith("1处文字与另一单位的一次走流程里的几乎一样：“二楼综合窗口的告知单")
    assert "text_copied" not in flags(third) | flags(fourth)


def test_the_order_of_looking_changes_nothing(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags, pictures: SimpleNamespace
) -> None:
    first = put(cast.head, shown=(pictures.hall,), fact=FACT)
    second = put(cast.stranger, at=LATER, shown=(pictures.hall,), fact=FACT)
    for walk in (second, first):  # the later one is looked at before anything is known of the first
        service.trace(walk.id)
        findings, seen = service.look(walk.id)
        service.put_down(walk.id, findings)
        service.echo(walk.id, seen)
    look()
    assert {"picture_same", "text_copied"} <= set(flags(second))
    assert not {"picture_same", "text_copied"} & set(flags(first))


def test_everything_looked_at_anew_is_the_same(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], pictures: SimpleNamespace
) -> None:
    put(cast.head, shown=(pictures.hall, pictures.hall), fact=FACT)
    put(cast.stranger, at=LATER, shown=(pictures.copy,), fact=FACT)
    look()
    before = everything()
    assert before
    service.rebuild()
    assert everything() == before


def everything() -> list[tuple[object, ...]]:
    query = select(Flag.id, Flag.sentence).order_by(Flag.id)
    return [tuple(row) for row in db.session.execute(query)]


def test_a_walk_opened_again_or_void_is_forgotten(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags, pictures: SimpleNamespace
) -> None:
    walk = put(cast.head, shown=(pictures.hall, pictures.hall))
    look()
    assert "picture_same" in flags(walk)
    walking.reopen(walk, by=cast.head, tap=uuid.uuid4())
    walking.void(walk, "走错了", by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    assert flags(walk) == {}
    assert db.session.scalars(select(PhotoTrace).filter_by(walk_id=walk.id)).all() == []
    look()
    assert flags(walk) == {}


def test_a_short_step_is_measured_by_the_others(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags
) -> None:
    for number in range(9):
        put(cast.stranger, at=f"2018-07-0{number + 1}T09:00:00+08:00", item="居民身份证补领")
    walk = put(cast.head, item="居民身份证补领", at=LATER)
    for event in db.session.scalars(select(WalkEvent).filter_by(walk_id=walk.id, kind="step_stop", step="queue")):
        start = db.session.scalar(select(WalkEvent.at).filter_by(walk_id=walk.id, kind="step_start", step="queue"))
        event.at = start + (event.at - start) / 60
    db.session.commit()
    look()
    assert flags(walk)["step_short"].sentence == "“排队”环节用时12秒，同一事项的其他9次走流程一般在12分钟以上。"


def test_the_phone_of_another_walker_and_two_places_at_once(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags
) -> None:
    put(cast.deputy, device="phone-of-deputy")
    walk = put(cast.head, at=LATER, device="phone-of-deputy")
    again = put(cast.head, at="2018-07-11T09:05:00+08:00", item="护照签发")
    look()
    assert "100%的记录来自另一位体验人" in flags(walk)["device_other"].sentence
    assert "device_other" not in flags(again)
    assert "overlap" in flags(walk)
    assert "overlap" in flags(again)


def test_what_another_account_sent_is_told(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], flags: Flags
) -> None:
    walk = put(cast.head)
    event = db.session.scalars(select(WalkEvent).filter_by(walk_id=walk.id, kind="step_start")).first()
    event.received_by_id = cast.deputy.id
    db.session.commit()
    look()
    assert flags(walk)["posted_by_other"].sentence == "1条记录是用体验人以外的账号提交的。"


def test_a_campaign_sets_its_own_rules(
    cast: SimpleNamespace,
    put: Put,
    look: Callable[[], None],
    flags: Flags,
    pictures: SimpleNamespace,
    campaign: Campaign,
) -> None:
    walk = put(cast.head, shown=(pictures.hall, pictures.hall))
    look()
    assert "picture_same" in flags(walk)
    service.set_rules(campaign, {"picture_same": {"is_on": False}}, by=cast.office)
    look()
    assert "picture_same" not in flags(walk)
    service.set_rules(campaign, {}, by=cast.office)
    look()
    assert "picture_same" in flags(walk)


def test_the_board_counts_flags_by_unit(
    cast: SimpleNamespace, put: Put, look: Callable[[], None], pictures: SimpleNamespace, campaign: Campaign
) -> None:
    walk = put(cast.head, shown=(pictures.hall, pictures.hall))
    look()
    flag = next(one for one in db.session.scalars(select(Flag).filter_by(walk_id=walk.id)) if one.level == "look")
    service.explain(flag, "换了手机，同一张传了两次", by=cast.head)
    found = queries.counts(campaign.id)[cast.head.unit_id]
    assert (found.look, found.explained, found.walks) == (1, 1, 1)
    assert clock.now()
