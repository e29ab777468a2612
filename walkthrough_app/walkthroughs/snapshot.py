"""From the database to plain data: what a package, a report and a screen are made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from walkthrough_app.accounts.models import Lane, Unit
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs.models import WalkEvent, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

ITEM_FIELDS = (
    "task_name",
    "task_code",
    "catalog_code",
    "sector",
    "dept_name",
    "anticipate_day",
    "promise_day",
    "limit_scene_num",
    "fee",
    "transact_addr",
    "materials",
)
CHAINED = ("id", "walk", "device", "seq", "kind", "step", "payload", "at", "mono", "boot", "prev")
PLAN_FIELDS = ("focus_point", "difficulty", "test_question", "delegation_reason")


def campaign_json(campaign: Campaign) -> dict[str, Any]:
    names = ("title", "programme", "basis_title", "basis_number", "basis_issuer", "thresholds")
    days = ("opens_on", "walk_due", "report_due")
    return {
        "id": str(campaign.id),
        **{name: getattr(campaign, name) for name in names},
        **{name: getattr(campaign, name).isoformat() for name in days},
        "receivers": {lane.value: campaign.route(lane).receiver for lane in Lane},
    }


def unit_json(unit: Unit) -> dict[str, Any]:
    return {"id": str(unit.id), "name": unit.name, "org_class": unit.org_class.value}


def item_json(item: ServiceItem) -> dict[str, Any]:
    return {
        "id": str(item.id),
        **{name: getattr(item, name) for name in ITEM_FIELDS},
        "item_kind": item.item_kind.value,
        "anticipate_type": item.anticipate_type.value if item.anticipate_type else None,
        "promise_type": item.promise_type.value if item.promise_type else None,
        "must_walk": item.must_walk_reasons,
    }


def event_hash(event: Mapping[str, Any]) -> str:
    """Return the hash the device's next event names as `prev`; the same whether made from a device's event or ours."""
    mono = event.get("mono")
    moment = clock.iso(clock.parse(event["at"]))
    return digest({name: event.get(name) for name in CHAINED} | {"at": moment, "mono": _plain(mono)})


def _plain(mono: float | None) -> float | None:
    """Write whole milliseconds as the phone does, without a fraction."""
    return int(mono) if mono is not None and mono == int(mono) else mono


def event_json(event: WalkEvent) -> dict[str, Any]:
    """Write an event as the device made it: server-side marks stay out, so that its hash can be checked."""
    return {
        "id": str(event.id),
        "walk": str(event.walk_id),
        "device": event.device,
        "seq": event.seq,
        "kind": event.kind,
        "step": event.step,
        "payload": event.payload,
        "at": clock.iso(event.at),
        "mono": _plain(event.mono),
        "boot": event.boot,
        "prev": event.prev,
        "hash": event.hash,
    }


def plan_json(walk: Walkthrough) -> dict[str, Any]:
    """Write what was planned; a visit is planned nowhere, so it has the day it began and no words."""
    plan = walk.plan
    if plan is None:
        day = clock.to_local(walk.created_at).date().isoformat()
        return {"from_on": day, "to_on": day, **dict.fromkeys(PLAN_FIELDS, "")}
    return {
        "from_on": plan.from_on.isoformat(),
        "to_on": plan.to_on.isoformat(),
        **{name: getattr(plan, name) for name in PLAN_FIELDS},
    }


def walk_json(walk: Walkthrough, events: Sequence[WalkEvent]) -> dict[str, Any]:
    return {
        "id": str(walk.id),
        "item": item_json(walk.item),
        "walker": {"role": walk.walker.role.value, "post": walk.walker.post},
        "mode": walk.mode.value,
        "is_simulated": walk.is_simulated,
        "plan": plan_json(walk),
        "questionnaire": {"key": walk.questionnaire.key, "version": walk.questionnaire.version},
        "events": [event_json(event) for event in events],
    }


def record(walk: Walkthrough, events: Sequence[WalkEvent]) -> WalkRecord:
    document = questionnaires.document_of(walk.questionnaire)
    thresholds = {**document.thresholds, **walk.campaign.thresholds}
    return WalkRecord(walk_json(walk, events), document.for_mode(walk.mode.value), thresholds)
