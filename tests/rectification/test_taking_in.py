"""A problem that no report tells of comes into the ledger once, numbered, and waits for the office."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db, ids
from walkthrough_app.core.errors import Invalid
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.rectification.service.taking_in import Found, take_in

Take = Callable[..., Finding]


@pytest.fixture
def take(cast: SimpleNamespace, campaign: Campaign) -> Take:
    key = ids.new()

    def register(**wanted: Any) -> Finding:
        found = {
            "unit": cast.head.unit,
            "source": Source.COVERT,
            "category": "G6",
            "severity": "serious",
            "title": "上班时间窗口无人",
            "fact": "9时10分至9时37分3号窗口无人。",
            "clause": "S001 · 解决“不作为”问题",
            "found_on": clock.today(),
            "key": key,
        }
        return take_in(campaign, Found(**{**found, **wanted}), by=cast.office)

    return register


def test_it_gets_a_number_and_waits_to_be_handed_over(take: Take, cast: SimpleNamespace) -> None:
    finding = take(tags=["inaction"])
    assert (finding.state, finding.source.label, finding.resp) == (State.REGISTERED, "暗访", cast.head.unit)
    assert finding.code.startswith("WT-") and finding.must_recheck
    assert finding.tags == ["inaction"]
    first = queries.entries_of(finding)[0]
    assert (first.verb, first.by) == (Verb.REGISTER, cast.office)


def test_the_same_key_is_the_same_problem(take: Take) -> None:
    assert take().id == take(title="换了说法").id


def test_one_without_a_title_or_with_a_severity_nobody_knows_is_refused(take: Take) -> None:
    with pytest.raises(Invalid, match="写明是什么问题"):
        take(title=" ")
    with pytest.raises(Invalid, match="严重程度"):
        take(severity="terrible")


def test_what_was_closed_at_the_same_place_comes_back(
    take: Take, make: Callable[..., Finding], item: ServiceItem
) -> None:
    closed = make(state=State.CLOSED, category="G6", closed_at=clock.now())
    take(item_id=item.id)
    db.session.flush()
    assert closed.relapse_count == 1
    assert "暗访又发现" in queries.entries_of(closed)[-1].text
