"""Terms in days and shares, with what a campaign set otherwise. Working days where not said otherwise."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.rectification.models import RectificationSetting


@dataclass(frozen=True)
class Terms:
    """`sample_percent` of what is not serious gets a 回头看; `relapse_days` are calendar days."""

    minor_days: int = 3
    moderate_days: int = 15
    serious_days: int = 30
    objection_days: int = 5
    extensions: int = 1
    sample_percent: int = 30
    relapse_days: int = 180

    def due_after(self, start: date, severity: str) -> date:
        """Return the due day of a problem handed over on `start`: the start itself does not count."""
        days = {"minor": self.minor_days, "serious": self.serious_days}.get(severity, self.moderate_days)
        return clock.add_workdays(start, days)


DEFAULT = Terms()
# field: (label, unit, least, most)
LIMITS: Mapping[str, tuple[str, str, int, int]] = {
    "minor_days": ("一般问题整改时限", "个工作日", 1, 60),
    "moderate_days": ("较重问题整改时限", "个工作日", 1, 120),
    "serious_days": ("严重问题整改时限", "个工作日", 1, 180),
    "objection_days": ("提出异议的期限", "个工作日", 1, 30),
    "extensions": ("可以延期", "次", 0, 5),
    "sample_percent": ("一般、较重问题抽查回头看", "%", 0, 100),
    "relapse_days": ("同类问题算作反弹的期限", "天", 30, 720),
}


def of(campaign_id: uuid.UUID) -> Terms:
    row = db.session.get(RectificationSetting, campaign_id)
    known = asdict(DEFAULT)
    return replace(DEFAULT, **{name: value for name, value in (row.changes if row else {}).items() if name in known})


def put(campaign_id: uuid.UUID, values: Mapping[str, Any]) -> Terms:
    """Keep what a campaign sets otherwise; Invalid names the field that is out of its limits."""
    checked = {name: _checked(name, value) for name, value in values.items() if name in LIMITS}
    row = db.session.get(RectificationSetting, campaign_id)
    if row is None:
        row = RectificationSetting(campaign_id=campaign_id)
        db.session.add(row)
    merged = asdict(of(campaign_id)) | checked
    row.changes = {name: value for name, value in merged.items() if value != getattr(DEFAULT, name)}
    db.session.flush()
    return replace(DEFAULT, **row.changes)


def _checked(name: str, value: Any) -> int:
    label, unit, least, most = LIMITS[name]
    if not isinstance(value, int) or not least <= value <= most:
        raise Invalid(name, f"{label}请填{least}到{most}{unit}。")
    return value
