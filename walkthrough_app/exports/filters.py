"""The filters of lists, under the names they have in every address."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from walkthrough_app.accounts.models import Lane, Unit
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

NAMES = {
    "campaign": "活动",
    "unit": "单位",
    "lane": "工作组",
    "category": "问题类别",
    "state": "状态",
    "severity": "程度",
    "type": "整改类型",
    "overdue": "逾期",
    "must_recheck": "必须回头看",
    "text": "文字",
}
LONGEST = 60  # characters


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: the campaigns and units the user sees, the list's own states, the classes of problems."""

    campaigns: Mapping[uuid.UUID, Campaign]
    units: Mapping[uuid.UUID, Unit]
    states: Mapping[str, str]
    categories: Mapping[str, str]

    def of(self, name: str) -> list[tuple[str, str]]:
        """Return the (value, words) of a filter."""
        known = {
            "campaign": [(str(key), one.title) for key, one in self.campaigns.items()],
            "unit": [(str(key), one.name) for key, one in self.units.items()],
            "lane": [(one.value, one.label) for one in Lane],
            "category": list(self.categories.items()),
            "state": list(self.states.items()),
            "severity": list(SEVERITIES.items()),
            "type": list(RECTIFY_TYPES.items()),
            "overdue": [("1", "只要逾期的")],
            "must_recheck": [("1", "只要必须回头看的")],
        }
        return known.get(name, [])


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; None or '' is everything. `category` is a code or the letter of a class."""

    campaign: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    lane: Lane | None = None
    category: str = ""
    state: str = ""
    severity: str = ""
    rectify_type: str = ""
    is_overdue: bool = False
    must_recheck: bool = False
    text: str = ""


def read(given: Mapping[str, str], names: tuple[str, ...], choices: Choices) -> Filters:
    """Read the filters of a list; Invalid with one sentence when one is unknown or its value is there no more."""
    kept = {name: value for name, value in given.items() if value}
    for name, value in kept.items():
        if name not in names:
            raise Invalid(name, f"这个列表不能按“{NAMES.get(name, name[:20])}”筛选，请重新选择。")
        if name != "text" and value not in {known for known, _ in choices.of(name)}:
            raise Invalid(name, f"所选的{NAMES[name]}已经没有了，或者不在您的范围内，请重新选择。")
    return Filters(
        campaign=_id(kept.get("campaign")),
        unit=_id(kept.get("unit")),
        lane=Lane(kept["lane"]) if "lane" in kept else None,
        category=kept.get("category", ""),
        state=kept.get("state", ""),
        severity=kept.get("severity", ""),
        rectify_type=kept.get("type", ""),
        is_overdue="overdue" in kept,
        must_recheck="must_recheck" in kept,
        text=(tidy(kept.get("text")) or "")[:LONGEST],
    )


def words(given: Mapping[str, str], choices: Choices) -> str:
    """Say the filters in words: 活动：…；单位：…, or 全部."""
    shown = [
        f"{NAMES[name]}：{dict(choices.of(name)).get(value, value)}"
        for name, value in given.items()
        if value and name in NAMES
    ]
    return "；".join(shown) or "全部"


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
