"""What visits, records and the public say of a unit, as shares of points."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping

from sqlalchemy import select

from walkthrough_app.assessment import measures
from walkthrough_app.assessment.scoring import Basis
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.parts import Question, RecordKind
from walkthrough_app.ratings import queries as ratings
from walkthrough_app.ratings import results, terms
from walkthrough_app.ratings.results import Score
from walkthrough_app.records.models import Record, RecordState
from walkthrough_app.visits.models import DONE, Visit

Known = Mapping[uuid.UUID, Basis]


def connect() -> None:
    """Tell the rubric what can be computed."""
    measures.add("promises_kept", promises_kept)
    measures.add("visit_score", visit_score)
    measures.add("public_mean", public_mean)
    measures.add("good_share", good_share)


def promises_kept(campaign: Campaign) -> Known:
    """Of the records that fell due: how many were settled with the good answer to what is asked then."""
    kinds = {kind.id: kind for kind in questionnaires.document_of(campaign.questionnaire).records if kind.due}
    query = select(Record).where(Record.campaign_id == campaign.id, Record.kind.in_(kinds))
    query = query.where(Record.state != RecordState.WITHDRAWN)
    kept: dict[uuid.UUID, list[bool]] = defaultdict(list)
    for record in db.session.scalars(query).unique():
        asked = _asked(kinds[record.kind])
        if asked and (record.state is RecordState.SETTLED or (record.due_on and record.due_on < clock.today())):
            kept[record.unit_id].append(record.follow_up.get(asked.id) == "yes")
    return {
        unit: Basis(sum(each) / len(each), len(each), 0, f"到期{len(each)}项，兑现{sum(each)}项")
        for unit, each in kept.items()
    }


def _asked(kind: RecordKind) -> Question | None:
    return next((question for question in kind.follow_up if question.type == "yn"), None)


def visit_score(campaign: Campaign) -> Known:
    """The mean score of the visits that were handed in."""
    query = select(Visit.unit_id, Visit.score).where(Visit.campaign_id == campaign.id, Visit.state.in_(DONE))
    found: dict[uuid.UUID, list[tuple[float, int]]] = defaultdict(list)
    for unit, score in db.session.execute(query):
        if score.get("total") is not None:
            found[unit].append((score["total"], score["evidence"]))
    return {unit: _of_visits([total for total, _ in each], sum(n for _, n in each)) for unit, each in found.items()}


def _of_visits(totals: list[float], evidence: int) -> Basis:
    mean = sum(totals) / len(totals)
    return Basis(mean / 100, len(totals), evidence, f"督查{len(totals)}次，平均{mean:.1f}分")


def public_mean(campaign: Campaign) -> Known:
    """The mean of what the public said, where enough people said something."""
    return _public(campaign, "evaluation", lambda one: (one.mean / 100, f"{one.n}人评议，平均{one.mean:.1f}分"))


def good_share(campaign: Campaign) -> Known:
    """The share of good ratings, where there are enough of them."""
    return _public(campaign, "rating", lambda one: (one.share, f"{one.n}人评价，好评率{one.share:.1%}"))


def _public(campaign: Campaign, kind: str, tell: Callable[[Score], tuple[float, str]]) -> Known:
    smallest = terms.of(campaign.id).smallest
    found: dict[uuid.UUID, Basis] = {}
    for asked in ratings.forms_of(campaign):
        if asked.form.kind != kind:
            continue
        groups = results.tallies(ratings.counts_of(campaign, asked.form.id), lambda row: row[0].unit_id)
        for line in results.figures(asked, groups, smallest).lines:
            if line.score:
                share, told = tell(line.score)
                found[line.key] = Basis(share, line.score.n, 0, told)
    return found
