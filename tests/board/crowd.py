"""Many rows at once, put straight into the tables: for lists that go on over pages."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.campaigns.models import Campaign, ItemKind, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.figures import service as figures
from walkthrough_app.figures.models import FindingFigure, WalkFigure
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

MANY = 120


def gather(cast: SimpleNamespace, campaign: Campaign) -> SimpleNamespace:
    """Put 120 units, 120 items of one of them, and of each item a walk with a problem; many on the same day."""
    names = [f"示例单位{n:03}" for n in range(MANY)]
    db.session.execute(
        insert(Unit), [{"id": uuid.uuid4(), "name": name, "org_class": OrgClass.CITY_DEPT} for name in names]
    )
    ids = [uuid.uuid4() for _ in range(MANY)]
    unit_id = cast.head.unit.id
    items = [
        {
            "id": one,
            "same_id": uuid.uuid4(),
            "unit_id": unit_id,
            "task_name": f"事项{n:03}",
            "item_kind": ItemKind.APPROVAL,
            "is_important": True,
        }
        for n, one in enumerate(ids)
    ]
    db.session.execute(insert(ServiceItem), items)
    walks = [_walk(cast, campaign, n, item) for n, item in enumerate(items)]
    for model, key in ((PlanEntry, "plan"), (Walkthrough, "walk"), (WalkFigure, "figure"), (FindingFigure, "finding")):
        db.session.execute(insert(model), [walk[key] for walk in walks])
    figures.note_reports(campaign.id, unit_id)
    db.session.commit()
    return SimpleNamespace(units=names, items=[item["task_name"] for item in items])


def _walk(cast: SimpleNamespace, campaign: Campaign, n: int, item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    day = date(2018, 7, 1) + timedelta(days=n // 40)
    base = {"campaign_id": campaign.id, "unit_id": item["unit_id"], "item_id": item["id"]}
    how = {"mode": Mode.IN_PERSON, "is_simulated": False}
    plan = {**base, "id": uuid.uuid4(), "walker_id": cast.head.id, "mode": Mode.IN_PERSON, "from_on": day, "to_on": day}
    walk = {
        **base,
        **how,
        "id": uuid.uuid4(),
        "plan_id": plan["id"],
        "walker_id": cast.head.id,
        "questionnaire_id": campaign.questionnaire_id,
        "state": WalkState.IN_PROGRESS if n % 2 else WalkState.FINISHED,
        "updated_at": clock.now() - timedelta(days=5 + n % 3),
    }
    counts = {"total_seconds": 60 * (n + 1), "wait_seconds": 0, "trips": 1, "photos": 0, "clips": 0, "findings": 1}
    flags = {"is_by_head": True, "is_full": True, "is_counted": True, "lane": cast.head.unit.lane}
    own = {"walk_id": walk["id"], "task_name": item["task_name"]}
    when = {"day": day, "state": WalkState.FINISHED, "same_id": item["same_id"]}
    figure = {**base, **how, **own, **counts, **flags, **when}
    words = {"title": f"问题{n:03}", "fact": "", "measure": "", "severity": "minor", "category": "C2"}
    at = clock.now() - timedelta(days=n // 40)
    finding = {**base, **own, **words, "id": uuid.uuid4(), "found_at": at, "photos": 0, "is_counted": True}
    return {"plan": plan, "walk": walk, "figure": figure, "finding": finding}
