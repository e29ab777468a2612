"""反弹: a later walk meets again what was closed; the closed problem is reopened with its history, and both are linked.

The new one keeps its number and its pictures but is not handed over as well: nobody works off one thing twice.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from walkthrough_app.core import clock, db
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.service import desk


def closed_before(found: Finding, at: datetime) -> Finding | None:
    """Return the problem that has come back with this one: same unit, item and kind, closed not too long before."""
    if found.item_id is None:
        return None
    days = terms.of(found.campaign_id).relapse_days
    query = select(Finding).where(
        Finding.item_id == found.item_id, Finding.category == found.category, Finding.state == State.CLOSED
    )
    query = query.where(Finding.unit_id == found.unit_id, Finding.id != found.id)
    query = query.where(Finding.closed_at <= at, Finding.closed_at >= at - timedelta(days=days))
    return db.session.scalars(query.order_by(Finding.closed_at.desc()).limit(1)).unique().first()


def reopen(found: Finding, at: datetime) -> Finding | None:
    """Reopen what has come back with a problem just registered; the new one stays as its proof."""
    closed = closed_before(found, at)
    if closed is None:
        return None
    day = clock.to_local(at).date()
    text = f"{day.month}月{day.day}日{found.source.label}又发现同一事项的同类问题：{found.title}（{found.code}）。"
    walk = str(found.walk_id) if found.walk_id else None
    desk.relapse(closed, text, by=None, on=day, found=found.code, walk=walk, found_on=day.isoformat())
    desk.dismiss(found, f"同一问题反弹，并入{closed.code}办理。", by=None, duplicate_of=closed)
    return closed
