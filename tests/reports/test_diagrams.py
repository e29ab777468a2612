"""Charts in the special report: only where they tell more than the words, numbered in their order."""

from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.reports import stage, story
from tests.reports.conftest import make
from tests.reports.story import Walk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Composed, Diagram, Figure

KINDS = ("A2", "C7", "C4", "D1", "C6", "A5")


def faulty(kinds: tuple[str, ...] = KINDS) -> Walk:
    walk = story.short()
    for n, kind in enumerate(kinds):
        walk.finding(f"另一个问题{n}", kind)
    return walk


def many() -> list[Walk]:
    return [story.short(f"第{n}个事项", at=f"2018-07-{n + 5:02}T08:30:00+08:00") for n in range(7)]


def composed(*walks: Walk) -> Composed:
    return compose(story.report(list(walks)))


def drawn(report: Composed) -> list[Diagram]:
    return [block for section in report.sections for block in section.blocks if isinstance(block, Diagram)]


def test_many_problems_of_several_categories_have_a_pareto_in_their_section() -> None:
    report = composed(faulty())
    (diagram,) = drawn(report)
    assert diagram in report.sections[2].blocks
    assert {one.label: one.count for one in diagram.tallies} == {"信息公开": 2, "场所与资源": 4, "流程与时限": 1}
    assert report.sections[2].blocks[0].text.endswith(f"各类问题数量见图{diagram.number}。")


def test_few_problems_or_few_categories_are_told_in_words_only() -> None:
    assert drawn(composed(faulty(KINDS[:3]))) == []
    assert drawn(composed(faulty(("C1", "C2", "C3", "C4", "C5", "A1")))) == []


def test_seven_walks_show_how_their_steps_spread() -> None:
    (diagram,) = drawn(composed(*many()))
    assert diagram.title == "7次体验各环节用时分布"
    assert diagram.draw().alt.startswith("各环节用时分布：查询7次，最短4、中位数4、最长4分钟")
    assert drawn(composed(*many()[:6])) == []


def test_figures_diagrams_and_pictures_are_numbered_in_the_order_of_the_report() -> None:
    report = composed(*many(), faulty())
    blocks = [block for section in report.sections for block in section.blocks]
    numbers = [block.number for block in blocks if isinstance(block, Figure | Diagram)]
    numbers += [annex.figure.number for annex in report.annexes if annex.figure]
    numbers += [photo.number for photo in report.photos]
    assert numbers[0] == 1
    assert all(b - a == 1 for a, b in pairwise(numbers))
    assert len(drawn(report)) == 2


def test_the_paper_shows_them_with_their_captions() -> None:
    made = make([*many(), faulty()])
    text = made.paper.text.replace("\u3000", "")
    assert "图28次体验各环节用时分布" in text
    assert "图3各类问题数量和累计占比" in text
    assert "合计达80%的前2类" in text


def test_the_page_shows_the_same_chart_with_its_words(
    cast: SimpleNamespace,
    campaign: Campaign,
    must_walk_item: ServiceItem,
    store: LocalStore,
    client_for: Callable[[User], FlaskClient],
) -> None:
    walk = stage.put_walk(cast.head, campaign, must_walk_item, faulty(), store)
    report = service.draft(campaign, cast.head, [walk], by=cast.liaison)
    page = BeautifulSoup(client_for(cast.liaison).get(f"/reports/{report.id}").text, "html.parser")
    picture = page.select_one("figure img.diagram")
    assert picture["src"].startswith("data:image/svg+xml;base64,")
    assert picture["alt"].startswith("问题按类别：场所与资源4个，信息公开2个，流程与时限1个；共7个")
