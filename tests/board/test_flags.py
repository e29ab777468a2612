"""提示 on the board: every flag of a campaign is counted, listed and leads to what it is about; each sees its own."""

import uuid
from types import SimpleNamespace

import pytest

from tests.board.conftest import Page, told
from walkthrough_app.core import clock, db
from walkthrough_app.quality.models import Flag, FlagWord
from walkthrough_app.quality.rulebook import Level, builtin


@pytest.fixture
def flagged(play: SimpleNamespace) -> SimpleNamespace:
    """Two flags of a walk that was handed in (one explained, one looked at), one of a walk in no report."""
    db.session.query(Flag).delete()
    first, second = (rule.id for rule in builtin().rules[:2])
    handed_in, alone = play.walks[0][0], play.walks[4][0]
    made = [
        _flag(handed_in, first, Level.LOOK, "排队时间前后对不上"),
        _flag(handed_in, second, Level.NOTE, "照片只有一张"),
        _flag(alone, first, Level.LOOK, "两个环节同时在走"),
    ]
    db.session.add_all(made)
    db.session.add(FlagWord(flag_id=made[0].id, walk_id=handed_in.id, explanation="手机时间调过"))
    db.session.add(FlagWord(flag_id=made[1].id, walk_id=handed_in.id, seen_at=clock.now(), remark="问过了"))
    db.session.commit()
    return SimpleNamespace(first=first, handed_in=handed_in, alone=alone)


def _flag(walk, rule: str, level: Level, sentence: str) -> Flag:
    return Flag(
        id=uuid.uuid4(),
        walk_id=walk.id,
        campaign_id=walk.campaign_id,
        unit_id=walk.unit_id,
        rule=rule,
        level=level,
        sentence=sentence,
        evidence={},
        others=[],
    )


def test_the_board_counts_them_and_every_count_opens_its_list(
    flagged: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    links = opened(cast.office, "/board").select('main a[href*="/board/flags"]')
    counts = {str(link["href"]): int(link.text.split()[0]) for link in links}
    assert sorted(counts.values()) == [1, 2, 2, 3]
    for address, count in counts.items():
        assert told(opened(cast.office, address)) == count, address


def test_the_list_is_narrowed_by_level_rule_and_what_was_said(
    flagged: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    expected = {
        "": 3,
        "?level=note": 1,
        f"?rule={flagged.first}": 2,
        "?word=unseen": 2,
        "?word=seen": 1,
        "?word=explained&level=look": 1,
        "?word=silent": 2,
        f"?unit={cast.stranger.unit_id}": 0,
        "?level=odd&rule=odd&word=odd": 3,
    }
    for query, count in expected.items():
        soup = opened(cast.office, f"/board/flags{query}")
        assert told(soup) == count == len(soup.select(".flags > li")), query
    page = opened(cast.office, "/board/flags?word=seen").select_one("main").text
    assert "问过了" in page
    assert "照片只有一张" in page
    assert f"{cast.head.unit.name}，居民身份证补领" in page


def test_each_leads_to_its_walk(flagged: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    links = {str(link["href"]) for link in opened(cast.office, "/board/flags").select(".flags a.act")}
    assert f"/walks/{flagged.alone.id}/review" in links
    assert len(links) == 2
    for link in links:
        opened(cast.office, link)


def test_a_lane_lists_what_was_handed_in_by_its_units_and_marks_nothing(
    flagged: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    soup = opened(cast.style, "/board/flags")
    assert told(soup) == 2
    assert "两个环节同时在走" not in soup.text
    assert not soup.select('form[action*="/seen"]')
    assert told(opened(cast.coord, "/board/flags")) == 0


def test_nobody_else_opens_it(
    flagged: SimpleNamespace, cast: SimpleNamespace, county: SimpleNamespace, opened: Page
) -> None:
    for user in (cast.head, cast.liaison, cast.stranger, cast.county, cast.admin):
        opened(user, "/board/flags", 403)
    opened(county.office, f"/board/flags?campaign={flagged.alone.campaign_id}", 404)
