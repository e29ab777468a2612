"""Who promised something by a day hears of it in time, and nobody else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.records.conftest import open_campaign
from tests.reminders.conftest import MONDAY, tick, told
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db, ids
from walkthrough_app.records import queries as records
from walkthrough_app.records import service
from walkthrough_app.records.models import Record
from walkthrough_app.records.sheet import Filled

DUE = MONDAY + timedelta(days=7)


@pytest.fixture
def promise(cast: SimpleNamespace) -> Record:
    strict: Campaign = open_campaign(
        "four_strict", walk_due=MONDAY - timedelta(days=60), report_due=MONDAY - timedelta(days=50)
    )
    kind = records.kind_for(strict, "commitment")
    filled = Filled(values={"S-R1": "当场办结", "S-R3": DUE.isoformat()})
    made = service.make(strict, cast.head.unit, kind, filled, by=cast.liaison, tap=ids.new())
    db.session.commit()
    return made


def test_a_promise_is_told_of_before_its_day_and_after(cast: SimpleNamespace, promise: Record) -> None:
    heard = {}
    for day in (MONDAY, MONDAY + timedelta(days=1), DUE, DUE + timedelta(days=1)):
        tick(day)
        heard[day] = [line for line in told(cast.liaison, day) if "工作记录" in line]
    assert heard[MONDAY] == ["有1份工作记录要销项，11月30日截止，还有7天。"]
    assert heard[MONDAY + timedelta(days=1)] == []
    assert heard[DUE] == ["有1份工作记录要销项，今天（11月30日）截止。"]
    assert heard[DUE + timedelta(days=1)] == ["有1份工作记录要销项，11月30日已经截止，超期1天。"]
    for other in (cast.deputy, cast.stranger, cast.office, cast.style):
        assert not [line for line in told(other, MONDAY) if "工作记录" in line]


def test_one_that_is_settled_is_not_told_of(cast: SimpleNamespace, promise: Record) -> None:
    filled = Filled(values={"S-R6": "yes", "S-R7": "办了"})
    service.settle(promise, filled, by=cast.head, tap=ids.new(), seen=promise.revision)
    db.session.commit()
    tick(MONDAY)
    assert not [line for line in told(cast.liaison, MONDAY) if "工作记录" in line]
