"""What all forms share: Chinese messages, tidy text, and one way to put a service's refusal beside its field."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from walkthrough_app.core.errors import Invalid

UNSEEN = "\x7f\ufeff\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"  # they turn text around or hide in it


def tidy(value: str | None) -> str | None:
    """Trim, and drop the control characters and byte order marks that phones and spreadsheets leave."""
    if value is None:
        return None
    return "".join(c for c in value if c in "\n\t" or (ord(c) >= ord(" ") and c not in UNSEEN)).strip()


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


def required(message: str) -> DataRequired:
    return DataRequired(message)


def text(label: str, *, limit: int, needed: str = "", **options: Any) -> StringField:
    """A one-line text field; `needed` is the sentence shown when it is empty."""
    return StringField(label, filters=[tidy], validators=_text_rules(limit, needed), **options)


def long_text(label: str, *, limit: int, needed: str = "", **options: Any) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=_text_rules(limit, needed), **options)


def day(label: str, *, needed: str = "", **options: Any) -> DateField:
    rules = [DataRequired(needed)] if needed else [Optional()]
    return DateField(label, validators=rules, **options)


def options(pairs: Iterable[tuple[str, str]], *, ask: bool = False) -> list[SelectChoice]:
    """Make a field's choices of (value, words); `ask` puts 请选择 first."""
    first = [SelectChoice("", "请选择")] if ask else []
    return [*first, *(SelectChoice(value, words) for value, words in pairs)]


def choice(label: str, pairs: list[tuple[str, str]], *, needed: str = "请选择一项。", **extra: Any) -> SelectField:
    return SelectField(label, choices=options(pairs), validators=[DataRequired(needed)] if needed else [], **extra)


def _text_rules(limit: int, needed: str) -> list[Any]:
    first = DataRequired(needed) if needed else Optional()
    return [first, Length(max=limit, message=f"最多 {limit} 个字。")]
