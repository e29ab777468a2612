"""The sample: 严重 problems are always looked at again, of the others a share, by lots that anybody can draw again.

The lot of a problem is a number of 0…99 made of the campaign's seed and the problem's number; it is drawn when its lot
is below the share. So it does not depend on the order in which problems are reported done, nor on who reports them.
"""

import hashlib
import secrets
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.rectification import rights, terms
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, FindingEntry
from walkthrough_app.rectification.rechecks.models import RecheckDraw, RecheckSeed

DONE = frozenset({Verb.REPORT_DONE, Verb.FIX_NOW})


def lot(seed: str, code: str) -> int:
    """Return 0…99: the SHA-256 of “seed:code” as a number, its remainder by 100."""
    return int(hashlib.sha256(f"{seed}:{code}".encode()).hexdigest(), 16) % 100


def seed_of(campaign_id: uuid.UUID) -> str:
    """Return the seed of a campaign, made by chance when it is first needed."""
    known = db.session.get(RecheckSeed, campaign_id)
    if known is None:
        known = RecheckSeed(campaign_id=campaign_id, seed=secrets.token_hex(16))
        db.session.add(known)
        db.session.flush()
    return known.seed


def note(finding: Finding, entry: FindingEntry) -> None:
    """Draw the lot of what has just been reported done; once, however often it is reported."""
    if entry.verb not in DONE or finding.state is not State.RECTIFIED:
        return
    drawn = db.session.get(RecheckDraw, finding.id) or _draw(finding)
    is_serious = finding.severity == "serious"
    if (is_serious or drawn.is_drawn) and not finding.must_recheck:
        finding.must_recheck = True
    db.session.flush()


def _draw(finding: Finding) -> RecheckDraw:
    drawn = RecheckDraw(
        finding_id=finding.id,
        number=lot(seed_of(finding.campaign_id), finding.code),
        percent=terms.of(finding.campaign_id).sample_percent,
        is_serious=finding.severity == "serious",
    )
    db.session.add(drawn)
    return drawn


def known_seed(campaign_id: uuid.UUID) -> str:
    """Return the seed, '' while nothing has been drawn: reading draws nothing."""
    row = db.session.get(RecheckSeed, campaign_id)
    return row.seed if row else ""


def draws(user: User, campaign_id: uuid.UUID) -> Sequence[RecheckDraw]:
    """Return the lots of a campaign that the user supervises, in the order of the problems' numbers."""
    query = select(RecheckDraw).join(Finding, Finding.id == RecheckDraw.finding_id)
    query = query.where(Finding.campaign_id == campaign_id, rights.visible(user)).order_by(Finding.code)
    return db.session.scalars(query).unique().all()
