"""Forms of the desk: shape only."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.core import clock, ids
from walkthrough_app.core.forms import BaseForm, DeedForm, day, long_text, options, tidy
from walkthrough_app.reception import reasons
from walkthrough_app.reception.values import Cursor, Desk, Filters

Member = TypeVar("Member", bound=StrEnum)
STALE = "没有这一版，请刷新后再试。"


class DecideForm(BaseForm):
    """Which version was looked at when the button was pressed."""

    number = IntegerField(validators=[Optional(), NumberRange(1, 10_000, STALE)], widget=HiddenInput())


class ReturnForm(DecideForm):
    reasons = SelectMultipleField(
        "退回的原因",
        choices=options([(reason, reason) for reason in reasons.known()]),
        validators=[Optional()],
        validate_choice=False,
    )
    other = long_text("其他原因，或者说得更具体些", limit=500)
    due_on = day("补充报送的期限", back=0, ahead=366)

    def validate_reasons(self, field: SelectMultipleField) -> None:
        if set(field.data or []) - set(reasons.known()):
            raise ValidationError("请在列出的原因里选择，没有合适的写在“其他原因”里。")


class CommentForm(DeedForm):
    """A contribution; `tap` names it, so that a form sent twice is one contribution."""

    text = long_text("意见", limit=500, needed="请写下意见。")


def filters_of(args: Mapping[str, str]) -> Filters:
    """Read the list's filters from an address; what is not understood is left out."""
    return Filters(
        desk=_member(Desk, args.get("state", "")),
        is_late={"late": True, "intime": False}.get(args.get("due", "")),
        org_class=_member(OrgClass, args.get("org_class", "")),
        campaign_id=ids.parse(args.get("campaign")),
        words=(tidy(args.get("words")) or "")[:50],
    )


def args_of(filters: Filters) -> dict[str, str]:
    """Write filters as an address carries them; what is not set is left out."""
    given = {
        "state": filters.desk.value if filters.desk else "",
        "due": {True: "late", False: "intime"}.get(filters.is_late, "") if filters.is_late is not None else "",
        "org_class": filters.org_class.value if filters.org_class else "",
        "campaign": str(filters.campaign_id) if filters.campaign_id else "",
        "words": filters.words,
    }
    return {name: value for name, value in given.items() if value}


def cursor_of(text: str | None) -> Cursor | None:
    """Read where a page begins; None (the first page) when it cannot be read."""
    parts = (text or "").split("~")
    desk, version_id = _member(Desk, parts[0]), ids.parse(parts[-1])
    if len(parts) != 3 or desk is None or version_id is None:
        return None
    try:
        return Cursor(desk, clock.parse(parts[1]), version_id)
    except (ValueError, OverflowError):
        return None


def cursor_text(cursor: Cursor) -> str:
    return f"{cursor.desk.value}~{cursor.submitted_at.isoformat()}~{cursor.version_id}"


def _member(kind: type[Member], text: str) -> Member | None:
    return next((one for one in kind if one.value == text), None)
