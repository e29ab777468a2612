"""Honest figures: sample and interval beside every score, small groups hidden for good, stuffing without effect."""

import random
import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.ratings.conftest import put_point, say
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.ratings import interval, queries, service, terms, views
from walkthrough_app.ratings.models import RatingPoint
from walkthrough_app.ratings.results import Figures
from walkthrough_app.ratings.sources import Source

HONEST, STUFFED = 7_000, 3_000


def board(campaign: Campaign, form: str = "mass") -> Figures:
    return views.board(campaign, queries.asked_of(campaign, form))


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = interval.wilson(0.8, 50)
    assert (round(low, 3), round(high, 3)) == (0.670, 0.888)  # Wilson 1927, as tables give it
    assert interval.wilson(1.0, 10)[0] < 0.73
    assert interval.wilson(0.0, 0) == (0.0, 1.0)


def test_a_mean_is_of_what_counts(counter: RatingPoint, evaluation: Campaign) -> None:
    for _ in range(6):
        say(counter, S_E1="good", S_E2="bad", S_E3="unknown")
    figures = board(evaluation)
    manner, efficiency, law, *_ = figures.total.questions
    assert manner and efficiency
    assert (manner.mean, manner.n, manner.share) == (100, 6, 1)
    assert (efficiency.mean, efficiency.share) == (30, 0)
    assert law is None, "不了解 does not count"
    score = figures.total.score
    assert score
    assert (score.mean, score.n, score.share) == (65, 6, 0.5)
    assert score.low < 65 < score.high
    assert figures.band(score) == "基本满意"


def test_the_bands_are_those_of_the_papers() -> None:
    assert [terms.band(mean) for mean in (100, 85, 84.9, 75, 74.9, 60, 59.9, 0)] == [
        "满意",
        "满意",
        "比较满意",
        "比较满意",
        "基本满意",
        "基本满意",
        "不满意",
        "不满意",
    ]


def test_the_rate_of_good_ratings_counts_three_of_five_levels(desk: RatingPoint, praise: Campaign) -> None:
    for level in ("l5", "l5", "l4", "l3", "l2", "l1", "l5", "l4"):
        say(desk, F_H1=level)
    score = board(praise, "service").total.score
    assert score
    assert score.share == 6 / 8
    assert score.mean == pytest.approx(29 / 8)
    assert 1 <= score.low < score.mean < score.high <= 5


def test_months_are_told_apart(counter: RatingPoint, evaluation: Campaign) -> None:
    with clock.pinned(clock.from_local(clock.to_local(clock.now()).replace(tzinfo=None, year=2025, month=3, day=3))):
        for _ in range(5):
            say(counter, S_E1="bad")
    for _ in range(5):
        say(counter, S_E1="good")
    shown = views.of_unit(evaluation, queries.asked_of(evaluation, "mass"), counter.unit, beside_others=False).months
    assert [(line.key, line.score and line.score.mean) for line in shown.lines] == [
        ("2025-03", 30),
        (f"{clock.today():%Y-%m}", 100),
    ]


def test_a_small_unit_is_hidden_and_so_is_the_one_it_could_be_reckoned_from(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    points = {
        name: put_point(evaluation, cast, "mass", "大厅", unit)
        for name, unit in (("other", cast.stranger.unit), ("county", cast.county.unit))
    }
    for point, number in ((counter, 3), (points["other"], 6), (points["county"], 9)):
        for _ in range(number):
            say(point, S_E1="good")
    figures = board(evaluation)
    shown = {line.key.name: line.score for line in figures.lines}
    assert shown["示例市公安局"] is None
    assert shown["示例市人力资源和社会保障局"] is None, "the sum less the county would be the police and one more"
    assert shown["示例县"]
    assert figures.total.score
    asked = queries.asked_of(evaluation, "mass")
    assert views.of_unit(evaluation, asked, cast.stranger.unit, beside_others=True).is_few
    assert not views.of_unit(evaluation, asked, cast.stranger.unit, beside_others=False).is_few


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=12), st.integers(2, 10))
def test_what_is_hidden_cannot_be_reckoned(counts: dict[str, int], smallest: int) -> None:
    hidden = interval.hidden(counts, smallest)
    shown = {key: n for key, n in counts.items() if key not in hidden and n}
    assert all(n >= smallest for n in shown.values())
    rest = sum(counts[key] for key in hidden)
    if hidden and shown:
        assert rest >= smallest, "the sum less what is shown is a group that may be shown"
        assert len(hidden) >= 2, "and it is never one group alone"


def test_a_setting_moves_the_limit(counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace) -> None:
    for _ in range(6):
        say(counter, S_E1="good")
    assert board(evaluation).total.score
    service.set_terms(evaluation, {"smallest": 10, "per_device": 5, "per_network": 200}, by=cast.office)
    assert board(evaluation).total.score is None


@pytest.mark.timeout(1800)  # half a minute on a machine of its own
def test_ten_thousand_ratings_with_three_thousand_stuffed_tell_the_honest_mean(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    """7 000 people at twenty counters, and one source that says 不满意 3 000 times within an hour at one of them."""
    chance = random.Random(7)
    points = service.add_points(evaluation, [cast.head.unit], "mass", [f"{n}号台" for n in range(20)], by=cast.office)
    scores = {"good": 100, "fair": 70, "bad": 30}
    honest = [chance.choices(list(scores), (70, 22, 8))[0] for _ in range(HONEST)]
    stuffed = set(chance.sample(range(HONEST + STUFFED), STUFFED))
    waiting = iter(honest)
    for number in range(HONEST + STUFFED):
        if number in stuffed:
            rate(points[0], "bad", Source("198.51.100.66", "robot"))
        else:
            home = Source(f"10.{number % 200}.{number // 200 % 200}.9", f"phone {number % 37}")
            rate(points[number % 20], next(waiting), home)
    figures = board(evaluation)
    score = figures.total.score
    assert score
    mean = sum(scores[one] for one in honest) / HONEST
    assert score.low <= mean <= score.high
    assert abs(score.mean - mean) < 0.5
    assert score.n == HONEST + terms.DEFAULT.per_device
    assert figures.total.aside == STUFFED - terms.DEFAULT.per_device, "set aside, shown as such, none lost"
    naive = (sum(scores[one] for one in honest) + 30 * STUFFED) / (HONEST + STUFFED)
    assert not score.low <= naive <= score.high, "the attempt would have shown"


def rate(point: RatingPoint, answer: str, source: Source) -> None:
    service.give(point, uuid.uuid4(), {"S-E1": answer}, source=source)


def test_a_robot_that_changes_its_name_is_stopped_by_its_network(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace
) -> None:
    service.set_terms(evaluation, {"smallest": 5, "per_device": 5, "per_network": 10}, by=cast.office)
    for number in range(30):
        rate(counter, "bad", Source(f"198.51.100.{number}", f"robot {number}"))
    total = board(evaluation).total
    assert (total.given, total.aside) == (10, 20)


def test_the_office_reads_board_unit_page_and_spreadsheet(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace, client_for
) -> None:
    for answer in ("good", "good", "fair", "bad", "good"):
        say(counter, S_E1=answer)
    db.session.commit()
    client = client_for(cast.office)
    page = client.get(f"/ratings?campaign={evaluation.id}").get_data(as_text=True)
    assert "80.0" in page
    assert "95%区间" in page
    unit = client.get(f"/ratings/units/{cast.head.unit_id}?campaign={evaluation.id}").get_data(as_text=True)
    assert "3号窗口" in unit
    answer = client.get(f"/ratings/results.xlsx?campaign={evaluation.id}")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    police = next(row for row in rows if row[0] == "示例市公安局")
    assert police[1:5] == [5, 0, 5, 80]
    assert police[5] < 80 < police[6]


def test_a_unit_reads_its_own_results_and_nobody_elses(
    counter: RatingPoint, evaluation: Campaign, cast: SimpleNamespace, client_for
) -> None:
    for _ in range(5):
        say(counter, S_E1="good")
    db.session.commit()
    own = client_for(cast.head).get(f"/ratings/mine?campaign={evaluation.id}").get_data(as_text=True)
    assert "100.0" in own
    other = client_for(cast.stranger).get(f"/ratings/mine?campaign={evaluation.id}").get_data(as_text=True)
    assert "还没有收到评价" in other
    assert client_for(cast.stranger).get(f"/ratings/units/{cast.head.unit_id}").status_code == 403


def test_the_board_of_a_county_is_not_the_citys(
    counter: RatingPoint, evaluation: Campaign, county: SimpleNamespace, client_for
) -> None:
    client = client_for(county.office)
    assert client.get(f"/ratings?campaign={evaluation.id}").status_code == 404
    assert client.get(f"/ratings/cards?campaign={evaluation.id}").status_code == 404
    assert client.get("/ratings").status_code == 200
    assert client.get("/ratings?campaign=nonsense").status_code == 404
