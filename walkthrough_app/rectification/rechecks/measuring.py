"""What a 回头看 measured, in the figures that the walk that found the problem has too."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.figures import projecting
from walkthrough_app.figures.models import StepFigure, WalkFigure
from walkthrough_app.rectification.closing import effect
from walkthrough_app.rectification.closing.effect import Measured
from walkthrough_app.rectification.rechecks.models import Outcome, Recheck
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough

WALKED = frozenset({Outcome.PASSED, Outcome.KEPT_UP})


def measured(findings: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Measured]:
    """Return by finding what its last 回头看 that it passed by walking took."""
    query = select(Recheck).where(Recheck.finding_id.in_(findings), Recheck.outcome.in_(WALKED))
    found = db.session.scalars(query.where(Recheck.walk_id.is_not(None)).order_by(Recheck.decided_at)).unique()
    return {one.finding_id: _figures(one.walk) for one in found if one.walk}


def _figures(walk: Walkthrough) -> Measured:
    """Take the figures of a walk that stands in no table of figures."""
    record = log.record_of(walk)
    steps = [StepFigure(**columns) for columns in projecting.of_steps(walk, record)]
    return effect.measured(WalkFigure(**projecting.of_walk(walk, record)), steps)
