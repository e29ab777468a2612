"""Values people typed: needed, not too long, not in the past."""

from datetime import date, timedelta

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid

LONGEST_TERM = 3 * 366  # days


def needed(field: str, text: str | None, missing: str, most: int) -> str:
    """Return the text without blanks around it; Invalid with `missing` when there is none."""
    bare = (text or "").strip()
    if not bare:
        raise Invalid(field, missing)
    if len(bare) > most:
        raise Invalid(field, f"最多{most}个字，现在有{len(bare)}个字。")
    return bare


def day_after_today(field: str, day: date | None, missing: str) -> date:
    """Return a day from today on that is not absurdly far away."""
    if day is None:
        raise Invalid(field, missing)
    if day < clock.today():
        raise Invalid(field, "日期不能早于今天。")
    if day > clock.today() + timedelta(days=LONGEST_TERM):
        raise Invalid(field, "日期太远了，请看一下年份。")
    return day
