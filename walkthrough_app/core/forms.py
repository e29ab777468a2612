"""What all forms share: Chinese messages, tidy text, and one way to put a service's refusal beside its field."""

import unicodedata
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from walkthrough_app.core import clock, ids
from walkthrough_app.core.errors import Invalid

FAR = 3660  # days

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"  # they turn text around
UNSEEN = TURNING + "\x7f\ufeff\u200b\u2060\u2061\u2062\u2063\u2064\u00ad\u180e"  # or hide in it


def tidy(value: str | None) -> str | None:
    """Trim, and drop the control characters and byte order marks that phones and spreadsheets leave."""
    if value is None:
        return None
    kept = "".join(c for c in value if c in "\n\t" or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in UNSEEN))
    is_visible = any(unicodedata.category(c)[0] not in "CZ" for c in kept)
    return kept.strip() if is_visible else ""


class BaseForm(FlaskForm):  # type: ignore[misc]
    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = ("zh",)

    def refuse(self, error: Invalid) -> None:
        """Put a service's refusal beside the field it names, or above the form when it names none."""
        field = self._fields.get(error.field)
        if field is None:
            self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]


class DeedForm(BaseForm):
    """A form that does something; `tap` names the deed, so that one sent twice is one deed."""

    tap = HiddenField()

    @property
    def tap_id(self) -> uuid.UUID:
        return ids.parse(self.tap.data) or uuid.uuid4()


def fresh() -> str:
    """Return the name of a deed that has not been done."""
    return str(uuid.uuid4())


def required(message: str) -> DataRequired:
    return DataRequired(message)


def text(label: str, *, limit: int, needed: str = "", **options: Any) -> StringField:
    """A one-line text field; `needed` is the sentence shown when it is empty."""
    return StringField(label, filters=[tidy], validators=_text_rules(limit, needed), **options)


def long_text(label: str, *, limit: int, needed: str = "", **options: Any) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=_text_rules(limit, needed), **options)


def day(label: str, *, needed: str = "", back: int = FAR, ahead: int = FAR, **options: Any) -> DateField:
    """A day field; `back` and `ahead` bound it in days from today."""
    rules = [DataRequired(needed) if needed else Optional(), DayBetween(back, ahead)]
    return DateField(label, validators=rules, **options)


class DayBetween:
    """Refuse days that cannot be meant: a mistyped year, a result that is still to come."""

    def __init__(self, back: int, ahead: int) -> None:
        self.back, self.ahead = back, ahead

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is None:
            return
        today = clock.today()
        if field.data > today + timedelta(days=self.ahead):
            raise ValidationError("日期不能晚于今天。" if self.ahead == 0 else "日期太远了，请看一下年份。")
        if field.data < today - timedelta(days=self.back):
            raise ValidationError("日期不能早于今天。" if self.back == 0 else "日期太早了，请看一下年份。")


def options(pairs: Iterable[tuple[str, str]], *, ask: bool = False) -> list[SelectChoice]:
    """Make a field's choices of (value, words); `ask` puts 请选择 first."""
    first = [SelectChoice("", "请选择")] if ask else []
    return [*first, *(SelectChoice(value, words) for value, words in pairs)]


def choice(label: str, pairs: list[tuple[str, str]], *, needed: str = "请选择一项。", **extra: Any) -> SelectField:
    return SelectField(label, choices=options(pairs), validators=[DataRequired(needed)] if needed else [], **extra)


def _text_rules(limit: int, needed: str) -> list[Any]:
    first = DataRequired(needed) if needed else Optional()
    return [first, Length(max=limit, message=f"最多 {limit} 个字。")]
