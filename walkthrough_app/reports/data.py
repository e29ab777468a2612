"""The data of a report (`walkthrough-report/1`): from the database, or from a walk package."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.figures import queries as figures
from walkthrough_app.reports import coverage
from walkthrough_app.reports.models import Report, ReportKind
from walkthrough_app.walkthroughs import queries as walkthroughs
from walkthrough_app.walkthroughs import snapshot
from walkthrough_app.walkthroughs.record import WalkRecord

SCHEMA = "walkthrough-report/1"
SHARED = ("campaign", "unit", "questionnaires", "walks")
SCHEMA_FILE = Path(__file__).parent / "schema" / "report-1.schema.json"


def of_report(report: Report, *, made_on: date) -> dict[str, Any]:
    """Read the report's data as it stands now."""
    campaign, unit = snapshot.campaign_json(report.campaign), snapshot.unit_json(report.unit)
    documents = {walk.questionnaire.id: walk.questionnaire for walk in report.walks}
    walks = sorted(report.walks, key=lambda walk: (walk.created_at, str(walk.id)))
    return {
        "schema": SCHEMA,
        "campaign": campaign,
        "unit": unit,
        "head": {"post": report.head.post},
        "lane": report.lane.value,
        "receiver": report.campaign.route(report.lane).receiver,
        "kind": report.kind.value,
        "made_on": made_on.isoformat(),
        "coverage": coverage.of_unit(
            campaigns.items_of(report.unit), walks, figures.items_walked_by_heads(report.campaign_id, report.unit_id)
        ),
        "contact": report.contact,
        "texts": dict(report.texts),
        "explanations": dict(report.explanations),
        "questionnaires": [
            {"key": one.key, "version": one.version, "sha256": one.sha256, "document": one.document}
            for one in documents.values()
        ],
        "walks": [snapshot.walk_json(walk, walkthroughs.events_of(walk)) for walk in walks],
    }


def of_package(package: Mapping[str, Any], records: Sequence[WalkRecord]) -> dict[str, Any]:
    """Take the report that travels in a package, or make one from its walks alone; Invalid when it is malformed."""
    shared = {name: package[name] for name in SHARED}
    block = package.get("report")
    data = shared | (dict(block) if block else _from_walks(package, records))
    check(data)
    return data


def block_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a report adds to the walks: the `report` of a package."""
    return {name: value for name, value in data.items() if name not in SHARED}


def made_on(data: Mapping[str, Any]) -> date:
    return date.fromisoformat(data["made_on"])


def check(data: Mapping[str, Any]) -> None:
    problem = next(iter(_validator().iter_errors(data)), None)
    if problem:
        where = "/".join(str(part) for part in problem.absolute_path) or "report"
        raise Invalid("package", f"报告的内容不合格式，问题在 {where}。")


def _from_walks(package: Mapping[str, Any], records: Sequence[WalkRecord]) -> dict[str, Any]:
    lane = "coord" if package["unit"]["org_class"] == "county" else "style"
    heads = [record.walker["post"] for record in records if record.is_head_in_person]
    return {
        "schema": SCHEMA,
        "head": {"post": heads[0] if heads else ""},
        "lane": lane,
        "receiver": package["campaign"]["receivers"][lane],
        "kind": ReportKind.SPECIAL.value,
        "made_on": _last_day(records).isoformat(),
        "coverage": coverage.of_walks(records),
        "contact": "",
        "texts": {},
        "explanations": {},
    }


def _last_day(records: Sequence[WalkRecord]) -> date:
    """Return the day of the last event: the same package makes the same report on any day."""
    moments = [record.state.last_at for record in records if record.state.last_at]
    if not moments:
        return max(date.fromisoformat(record.plan["to_on"]) for record in records)
    return max(clock.to_local(clock.parse(moment)).date() for moment in moments)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
