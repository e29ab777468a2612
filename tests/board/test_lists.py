"""Lists go on over pages and lose nothing; filters keep what they say; odd addresses do no harm."""

from collections import Counter
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from tests.board import crowd
from tests.board.conftest import Doors, Page, rows_of, told
from tests.records.conftest import open_campaign
from tests.reports.story import Walk
from walkthrough_app.board.queries import among
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.core import clock, db, paging
from walkthrough_app.core.web import show_minutes
from walkthrough_app.figures import service as figures
from walkthrough_app.figures.models import WalkFigure


@pytest.mark.parametrize("few", [among.FEW, 0])
def test_paging_never_loses_or_repeats_a_row(
    cast: SimpleNamespace, campaign: Campaign, opened: Page, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(among, "FEW", few)
    there = crowd.gather(cast, campaign)
    expected = {
        "/board/walks": there.items,
        "/board/walks?class=city_dept": there.items,
        f"/board/walks?unit={cast.head.unit.id}&kind=full": there.items,
        "/board/items?kind=must_by_head": there.items,
        "/board/problems": there.items,
        "/board/problems?class=city_dept&category=C": there.items,
        "/board/problems?type=unset": there.items,
        "/board/services": there.items,
        "/board/units?sort=coverage": [*there.units, "示例县", "示例市委组织部"],
        "/board/units?sort=standing": [*there.units, "示例县"],
        "/board/heat": there.units,
        "/board/reports": there.units,
        "/board/waiting?what=no_plan": there.units,
    }
    for address, words in expected.items():
        rows = rows_of(opened, cast.office, address)
        found = Counter(word for row in rows for word in words if word in row)
        assert found == Counter(words), address
        assert len(set(rows)) == len(rows), address


def test_walks_that_stand_still_are_all_listed_the_longest_first(
    cast: SimpleNamespace, campaign: Campaign, opened: Page
) -> None:
    crowd.gather(cast, campaign)
    soup = opened(cast.office, "/board/waiting?what=stopped")
    links = [str(link["href"]) for link in soup.select("main .row a")]
    assert told(soup) == crowd.MANY // 2
    following = soup.select_one("main a[rel=next]")
    links += [str(link["href"]) for link in opened(cast.office, str(following["href"])).select("main .row a")]
    assert len(set(links)) == len(links) == crowd.MANY // 2


def test_another_programme_is_counted_by_its_own_ways_of_walking(cast: SimpleNamespace, opened: Page) -> None:
    made = open_campaign("run_once")
    crowd.gather(cast, made)
    db.session.execute(update(WalkFigure).values(mode=Mode("ask")))
    figures.note_reports(made.id, cast.head.unit.id)
    db.session.commit()
    soup = opened(cast.office, f"/board?campaign={made.id}")
    facts = dict(zip((one.text for one in soup.select("dt")), (one.text for one in soup.select("dd")), strict=True))
    assert {name: facts[name].split()[0] for name in ("现场看", "跟踪问", "具体办")} == {
        "现场看": "0",
        "跟踪问": str(crowd.MANY),
        "具体办": "0",
    }
    assert "亲身办" not in facts
    (link,) = soup.select('a[href*="kind=mode.ask"]')
    listed = opened(cast.office, str(link["href"]))
    assert told(listed) == crowd.MANY
    assert "跟踪问" in listed.select("tbody tr")[0].text
    assert "亲身办" not in listed.select_one("main").text


KEPT = [
    ("/board/walks?kind=by_head", 4),
    ("/board/walks?kind=delegated", 2),
    ("/board/walks?kind=awaiting", 1),
    ("/board/walks?kind=mode.on_behalf", 1),
    ("/board/walks?kind=under_way", 1),
    ("/board/walks?kind=walks", 7),
    ("/board/walks?kind=full&lane=coord", 1),
    ("/board/walks?kind=by_head&class=county", 1),
    ("/board/walks?task=居住证申领", 2),
    ("/board/walks?task=没有的事项", 0),
    ("/board/items?kind=unwalked", 2),
    ("/board/items?kind=must_open", 1),
    ("/board/items?kind=walked&q=公安", 3),
    ("/board/problems?category=C", 5),
    ("/board/problems?type=deadline", 1),
    ("/board/problems?state=received", 1),
    ("/board/reports?kind=received", 1),
    ("/board/reports?kind=not_in", 2),
    ("/board/reports?kind=submitted&lane=coord", 0),
    ("/board/units?state=submitted", 1),
]


def test_filters_keep_what_they_say(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    for address, count in KEPT:
        assert told(opened(cast.office, address)) == count, address
        assert len(rows_of(opened, cast.office, address)) == count, address


BOTH = [
    ("/board/problems?category=C7", 1),
    ("/board/problems?severity=minor", 5),
    ("/board/problems?step=query", 1),
    ("/board/problems?category=C&type=immediate", 4),
    ("/board/problems?category=A&type=deadline", 0),
]


def test_problems_by_several_filters_are_listed_without_a_sum(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    for address, count in BOTH:
        assert opened(cast.office, address).select_one("main .told strong") is None, address
        assert len(rows_of(opened, cast.office, address)) == count, address


def test_the_same_service_stands_once_with_its_median(
    play: SimpleNamespace, cast: SimpleNamespace, opened: Page
) -> None:
    row = next(row for row in opened(cast.office, "/board/services")("tr") if "居住证申领" in row.text)
    lengths = [timed(one) for walk, one in play.walks if walk.item.task_name == "居住证申领"]
    cells = [cell.text.strip() for cell in row("td")]
    assert cells[:3] == ["1 家", "2 次", show_minutes(sum(lengths) / len(lengths))]


def timed(one: Walk) -> float:
    """Add up the seconds of all steps of a walk, from its events."""
    total, since = 0.0, None
    for event in one.events:
        at = clock.parse(event["at"]).timestamp()
        if event["kind"] == "step_start":
            since = at
        elif event["kind"] == "step_stop" and since is not None:
            total, since = total + at - since, None
    return total


ODD = [
    "?campaign=abc",
    "?lane=x&class=y&state=z&sort=w&kind=v&type=u&category=t",
    "?unit=00000000-0000-4000-8000-000000000000",
    "?unit=x&item=x&walk=x",
    "?after=x",
    "?after=" + paging.write((1, 2, 3)),
    "?after=" + paging.write(("x",)),
    "?after=" + paging.write((float("nan"), "x")),
    "?after=" + paging.write(("2018-07-01", "no id")),
    "?after=" + paging.write(("\x00", "x", "x")),
    "?after=" + paging.write((1e300, "x", "x")),
    "?after=W1tbW1tb",
    "?q=" + "公" * 500,
    "?q=%00%ff&task=%00",
]


def test_odd_addresses_do_no_harm(play: SimpleNamespace, cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.office)
    for path in ("", "/units", "/walks", "/items", "/problems", "/reports", "/heat", "/services", "/waiting"):
        for odd in ODD:
            assert client.get(f"/board{path}{odd}").status_code == 200, (path, odd)


def test_a_campaign_that_is_nowhere_is_not_found(play: SimpleNamespace, cast: SimpleNamespace, opened: Page) -> None:
    opened(cast.office, "/board?campaign=00000000-0000-4000-8000-000000000000", 404)
