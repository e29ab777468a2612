"""What visits, promises and the public say reaches the rubric as shares with what they rest on."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from walkthrough_app.assessment import told
from walkthrough_app.campaigns.models import Campaign, ItemKind, Mode, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.ratings.models import RatingCount, RatingPoint
from walkthrough_app.records.models import Record, RecordState
from walkthrough_app.visits.models import Focus, Frequency, Visit, VisitState


@pytest.fixture
def police(cast: SimpleNamespace) -> Any:
    return cast.head.unit


def visited(campaign: Campaign, cast: SimpleNamespace, total: float | None, state: VisitState) -> None:
    place = ServiceItem(
        unit_id=cast.head.unit_id, task_name=f"窗口{total}", item_kind=ItemKind.PUBLIC_SERVICE, is_place=True
    )
    today = clock.today()
    visit = Visit(campaign=campaign, unit=cast.head.unit, item=place, inspector=cast.style, mode=Mode("covert"))
    visit.frequency, visit.focus, visit.from_on, visit.to_on = Frequency.SURPRISE, Focus.PROCESS, today, today
    visit.ordered_by_id, visit.state, visit.score = cast.office.id, state, {"total": total, "evidence": 3}
    db.session.add_all([place, visit])
    db.session.flush()


def test_the_mean_of_visits_handed_in(assessed: Campaign, cast: SimpleNamespace, police: Any) -> None:
    visited(assessed, cast, 80.0, VisitState.HANDED_IN)
    visited(assessed, cast, 60.0, VisitState.FED_BACK)
    visited(assessed, cast, 0.0, VisitState.UNDER_WAY)
    visited(assessed, cast, None, VisitState.FED_BACK)
    basis = told.visit_score(assessed)[police.id]
    assert (basis.share, basis.cases, basis.evidence, basis.told) == (0.7, 2, 6, "督查2次，平均70.0分")


@pytest.fixture
def promise(assessed: Campaign, cast: SimpleNamespace) -> Any:
    kind = questionnaires.document_of(assessed.questionnaire).record("commitment")

    def put(n: int, kept: str, *, due: int = -1) -> None:
        made = Record(campaign=assessed, unit=cast.head.unit, questionnaire=assessed.questionnaire, kind=kind.id)
        made.slot, made.title, made.made_by_id = str(n), "承诺", cast.liaison.id
        made.due_on = clock.today() + timedelta(days=due)
        made.state = RecordState.SETTLED if kept else RecordState.OPEN
        made.follow_up = {kind.follow_up[0].id: kept} if kept else {}
        db.session.add(made)
        db.session.flush()

    return put


def test_promises_count_once_they_are_due_or_settled(assessed: Campaign, police: Any, promise: Any) -> None:
    promise(1, "yes")
    promise(2, "no")
    promise(3, "", due=-1)
    promise(4, "", due=30)
    basis = told.promises_kept(assessed)[police.id]
    assert (basis.cases, basis.told) == (3, "到期3项，兑现1项")
    assert basis.share == pytest.approx(1 / 3)


def rated(campaign: Campaign, cast: SimpleNamespace, people: int) -> None:
    form = next(one for one in questionnaires.document_of(campaign.questionnaire).ratings if one.kind == "evaluation")
    asked = next(question for question in form.questions if any(one.score is not None for one in question.options))
    best = max((one for one in asked.options if one.score is not None), key=lambda one: one.score or 0)
    point = RatingPoint(
        campaign=campaign, unit=cast.head.unit, form_key=form.id, name="1号窗口", code="abc", made_by_id=cast.office.id
    )
    db.session.add(point)
    db.session.flush()
    for question, answer in (("", "given"), ("", "scored"), (asked.id, best.id)):
        db.session.add(RatingCount(point_id=point.id, month="2026-11", question=question, answer=answer, number=people))
    db.session.flush()


def test_the_public_counts_where_enough_people_said_something(
    assessed: Campaign, cast: SimpleNamespace, police: Any
) -> None:
    rated(assessed, cast, 40)
    basis = told.public_mean(assessed)[police.id]
    assert (basis.share, basis.cases) == (1.0, 40)


def test_a_few_voices_are_no_basis(assessed: Campaign, cast: SimpleNamespace, police: Any) -> None:
    rated(assessed, cast, 3)
    assert police.id not in told.public_mean(assessed)
