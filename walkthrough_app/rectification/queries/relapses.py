"""反弹 whose proof is gone: the report that told of it was sent back or taken back, and nothing stands for it now."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from walkthrough_app.core import db
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, FindingEntry


def unproved(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the findings that wait to be signed for again although their proof does not stand any more.

    What the unit has signed for again goes on: it took the problem on itself.
    """
    query = select(FindingEntry.finding_id, FindingEntry.data).join(Finding, Finding.id == FindingEntry.finding_id)
    query = query.where(FindingEntry.finding_id.in_(ids), FindingEntry.verb == Verb.RELAPSE)
    query = query.where(Finding.state == State.RELAPSED).order_by(FindingEntry.seq)
    proofs = {row.finding_id: row.data.get("found") for row in db.session.execute(query)}  # of the last time
    codes = {code for code in proofs.values() if code}
    gone = set(db.session.scalars(select(Finding.code).where(Finding.code.in_(codes), ~Finding.is_standing)))
    return {finding_id for finding_id, code in proofs.items() if code in gone}
