"""Forms of points, cases and terms: shape only; the services judge the values."""

import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired

from walkthrough_app.accounts.models import Unit
from walkthrough_app.core import ids
from walkthrough_app.core.forms import BaseForm, choice, long_text, options, text
from walkthrough_app.ratings.asking import Asked
from walkthrough_app.ratings.models import OUTCOMES
from walkthrough_app.ratings.service.setting import LIMITS
from walkthrough_app.ratings.service.triage import ENOUGH
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.rectification.service.taking_in import LONGEST_TITLE

EVERY = "every"


class PointsForm(BaseForm):
    """New points; `unit` is asked of the office only."""

    form = SelectField("评什么")
    unit = SelectField("哪个单位", validate_choice=False)
    names = long_text("评价点", limit=4000, needed="请写明在哪里，每行一个，例如：3号窗口。")

    def offer(self, forms: Iterable[Asked], units: Iterable[Unit] = ()) -> "PointsForm":
        self.form.choices = options((one.form.id, one.form.title) for one in forms)
        every = [(EVERY, "所有参加单位，每家都设")]
        self.unit.choices = options([*every, *((str(unit.id), unit.name) for unit in units)])
        return self

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in (self.names.data or "").splitlines() if line.strip()]

    @property
    def unit_id(self) -> uuid.UUID | None:
        return ids.parse(self.unit.data)


class TakeUpForm(BaseForm):
    title = text("问题", limit=LONGEST_TITLE, needed="请写明是什么问题。")
    category = SelectField("类别", validators=[InputRequired("请选择问题类别。")])
    severity = choice("程度", list(SEVERITIES.items()))
    fact = long_text("事实", limit=ENOUGH, needed="请写明事实。")

    def offer(self, categories: Iterable[tuple[str, str]]) -> "TakeUpForm":
        self.category.choices = options(categories, ask=True)
        return self


class AskForm(BaseForm):
    passed_on = long_text("转给单位的内容", limit=ENOUGH, needed="请写明转给单位的内容。")


class NoteForm(BaseForm):
    note = long_text("理由", limit=ENOUGH, needed="请写明理由。")


class CloseForm(BaseForm):
    note = long_text("办结意见", limit=ENOUGH)


class AnswerForm(BaseForm):
    outcome = RadioField("核实以后", choices=options(OUTCOMES.items()), validators=[InputRequired("请选一项。")])
    answer = long_text("核实的情况和怎么办的", limit=ENOUGH, needed="请写明核实的情况和怎么办的。")


def _number(name: str) -> IntegerField:
    label, unit, least, most = LIMITS[name]
    return IntegerField(f"{label}（{unit}）", validators=[InputRequired(f"请填{least}到{most}的整数。")])


class TermsForm(BaseForm):
    smallest = _number("smallest")
    per_device = _number("per_device")
    per_network = _number("per_network")

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: self[name].data for name in LIMITS}
