"""Forms of escalation and of a campaign's terms."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from walkthrough_app.core.forms import BaseForm, long_text
from walkthrough_app.rectification.escalation import service
from walkthrough_app.rectification.escalation.rulebook import MOST_WORKDAYS, Rulebook
from walkthrough_app.rectification.terms import LIMITS, Terms


class StepForm(BaseForm):
    """Stop a step, go on with it, or say that it is done; `do` says which."""

    rule = HiddenField()
    reason = long_text("理由", limit=service.ENOUGH, render_kw={"rows": 2})


class TermsForm(BaseForm):
    """See terms_form: a number for each term, a switch and a number for each step are added to it."""

    def terms(self) -> dict[str, int]:
        return {name: self[name].data for name in LIMITS}

    def steps(self, book: Rulebook) -> dict[str, Any]:
        return {
            rule.id: {"is_on": bool(self[f"{rule.id}-on"].data), "workdays": self[f"{rule.id}-days"].data}
            for rule in book.rules
        }


def terms_form(terms: Terms, book: Rulebook) -> TermsForm:
    """Make the form, filled with how things stand."""
    fields: dict[str, Any] = {}
    for name, (label, unit, least, most) in LIMITS.items():
        fields[name] = _number(f"{label}（{unit}）", least, most)
    filled: dict[str, Any] = asdict(terms)
    for rule in book.rules:
        fields[f"{rule.id}-on"] = BooleanField(rule.name)
        fields[f"{rule.id}-days"] = _number("工作日", service.least_days(rule), MOST_WORKDAYS)
        filled |= {f"{rule.id}-on": rule.is_on, f"{rule.id}-days": rule.workdays}
    return _made(fields)(data=filled)


def _number(label: str, least: int, most: int) -> IntegerField:
    words = f"请填{least}到{most}的整数。"
    return IntegerField(label, validators=[InputRequired(words), NumberRange(least, most, words)])


def _made(fields: Mapping[str, Any]) -> type[TermsForm]:
    return type("AllTermsForm", (TermsForm,), dict(fields))
