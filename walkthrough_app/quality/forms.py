"""Forms of flags and rules."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from walkthrough_app.core.forms import BaseForm, long_text
from walkthrough_app.quality import rulebook
from walkthrough_app.quality.rulebook import Rulebook

LONGEST = 500


class ExplainForm(BaseForm):
    explanation = long_text("说明", limit=LONGEST)
    next = HiddenField()


class SeenForm(BaseForm):
    remark = long_text("备注", limit=LONGEST)
    next = HiddenField()


class RulesForm(BaseForm):
    """See rules_form: a switch for each rule and a number for each of its limits are added to it."""

    def changes(self) -> dict[str, Any]:
        """Return what was posted, as the service takes it."""
        book = rulebook.builtin()
        return {
            rule.id: {
                "is_on": bool(self[f"{rule.id}-on"].data),
                "limits": {limit.id: self[f"{rule.id}-{limit.id}"].data for limit in rule.limits},
            }
            for rule in book.rules
        }


def rules_form(book: Rulebook) -> RulesForm:
    """Make the form of all rules, filled with how they stand."""
    whole = InputRequired(f"请填 0 到 {rulebook.LARGEST} 的整数。")
    between = NumberRange(0, rulebook.LARGEST, f"请填 0 到 {rulebook.LARGEST} 的整数。")
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    for rule in book.rules:
        fields[f"{rule.id}-on"] = BooleanField(rule.name)
        filled[f"{rule.id}-on"] = rule.is_on
        for limit in rule.limits:
            fields[f"{rule.id}-{limit.id}"] = IntegerField(f"{limit.name}（{limit.unit}）", validators=[whole, between])
            filled[f"{rule.id}-{limit.id}"] = limit.value
    return _made(fields)(data=filled)


def _made(fields: Mapping[str, Any]) -> type[RulesForm]:
    return type("AllRulesForm", (RulesForm,), dict(fields))
