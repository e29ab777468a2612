"""Into the ledger from elsewhere than a report: a visit, a self-check, what the public said (domain §5.7)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.rectification import evidence, numbers, queries
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import SEVERITIES, Finding, PhotoRole, Source
from walkthrough_app.rectification.service import moving, relapsing

LONGEST_TITLE = 60  # characters


@dataclass(frozen=True)
class Found:
    """A problem at `unit`; `key` names it inside its walk or record, so that it is taken in once.

    `photos` are copies that may be shown, by hash. `tags` are ids of the questionnaire, `resp_person` is a post.
    """

    unit: Unit
    source: Source
    category: str
    severity: str
    title: str
    fact: str
    clause: str
    found_on: date
    key: uuid.UUID
    walk_id: uuid.UUID | None = None
    item_id: uuid.UUID | None = None
    task_name: str = ""
    step: str | None = None
    mode: str = ""
    root_cause: str = ""
    tags: Sequence[str] = ()
    photos: Sequence[str] = ()
    resp_person: str = ""


def take_in(campaign: Campaign, found: Found, *, by: User | None, **origin: Any) -> Finding:
    """Register a problem with its number, once for each key; the office hands it over (交办) when it has seen it.

    `origin` is plain JSON for the first entry of its history. Invalid when it has no title or an unknown severity.
    """
    known = queries.by_key(found.key)
    if known is not None:
        return known
    title = found.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid("title", f"请用不超过{LONGEST_TITLE}个字写明是什么问题。")
    if found.severity not in SEVERITIES:
        raise Invalid("severity", "请选择严重程度。")
    finding = _row(campaign, found, title)
    db.session.add(finding)
    db.session.flush()
    moving.write(finding, Verb.REGISTER, None, by=by, data={"source": found.source.value, **origin})
    evidence.put(finding, found.photos, PhotoRole.BEFORE, by=by)
    relapsing.reopen(finding, clock.now())
    return finding


def _row(campaign: Campaign, found: Found, title: str) -> Finding:
    stem = numbers.stem(str(campaign.opens_on.year), found.unit.org_class.value, found.unit.name)
    return Finding(
        campaign=campaign,
        unit=found.unit,
        resp=found.unit,
        lane=found.unit.lane,
        source=found.source,
        walk_id=found.walk_id,
        key=found.key,
        item_id=found.item_id,
        task_name=found.task_name,
        step=found.step,
        mode=found.mode,
        code=numbers.give(str(found.key), stem),
        category=found.category,
        severity=found.severity,
        title=title,
        fact=found.fact.strip(),
        clause=found.clause,
        root_cause=found.root_cause,
        tags=list(found.tags),
        found_on=found.found_on,
        resp_person=found.resp_person,
        must_recheck=found.severity == "serious",
    )
