"""One special report a head and campaign, over walks that are walked; every paragraph can be rewritten."""

from types import SimpleNamespace

import pytest

from tests.reports import stage, story
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import queries, service
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.walkthroughs.models import Walkthrough


def test_the_liaison_begins_the_heads_report(report: Report, cast: SimpleNamespace, walk: Walkthrough) -> None:
    assert report.state is ReportState.DRAFT
    assert report.head is cast.head
    assert report.walks == [walk]


def test_there_is_one_special_report_a_head_and_campaign(
    report: Report, cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough
) -> None:
    with pytest.raises(Conflict, match="已经有了"):
        service.draft(campaign, cast.head, [walk], by=cast.head)


def test_a_report_needs_a_walk(cast: SimpleNamespace, campaign: Campaign) -> None:
    with pytest.raises(Invalid, match="至少选一次"):
        service.draft(campaign, cast.head, [], by=cast.head)


def test_another_units_walk_cannot_be_taken(cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough) -> None:
    with pytest.raises(Invalid, match="不属于这份报告"):
        service.draft(campaign, cast.stranger, [walk], by=cast.stranger)


def test_a_walk_under_way_cannot_be_taken(
    cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore
) -> None:
    told = story.Walk("居住证申领")
    told.step("query", 5)
    walk = stage.put_walk(cast.head, campaign, item, told, store)
    with pytest.raises(Invalid, match="还没有走完"):
        service.draft(campaign, cast.head, [walk], by=cast.head)


def test_a_walk_waiting_for_its_result_can_be_taken(
    cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore
) -> None:
    walk = stage.put_walk(cast.deputy, campaign, item, story.passport(), store)
    assert queries.walks_for(cast.head, campaign) == [walk]


@pytest.mark.parametrize("name", ["deputy", "stranger", "office", "style", "admin"])
def test_nobody_else_begins_a_report(cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough, name: str) -> None:
    with pytest.raises(Forbidden):
        service.draft(campaign, cast.head, [walk], by=getattr(cast, name))


def test_a_paragraph_is_rewritten_and_restored(report: Report, cast: SimpleNamespace) -> None:
    service.rewrite(report, "outlook", "我局将认真整改。", by=cast.liaison)
    assert report.texts == {"outlook": "我局将认真整改。"}
    service.restore(report, "outlook", by=cast.liaison)
    assert report.texts == {}


def test_text_like_the_generated_one_is_not_kept_as_an_edit(report: Report, cast: SimpleNamespace) -> None:
    service.rewrite(report, "closing", "特此报告。", by=cast.liaison)
    assert report.texts == {}


def test_a_paragraph_that_is_not_there_cannot_be_rewritten(report: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(NotFound):
        service.rewrite(report, "walk.nobody.process", "x", by=cast.liaison)


def test_a_paragraph_has_its_limit(report: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="最多3000个字"):
        service.rewrite(report, "outlook", "长" * 3001, by=cast.liaison)


def test_a_confirmed_report_cannot_be_rewritten(confirmed: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="已经确认"):
        service.rewrite(confirmed, "outlook", "x", by=cast.liaison)
