"""The form of a plan entry: who walks, in which mode, when, and what to test."""

import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns.models import Errand, Mode, PlanEntry
from walkthrough_app.campaigns.values import PRINCIPALS
from walkthrough_app.core import ids
from walkthrough_app.core.forms import BaseForm, day, long_text, options, text
from walkthrough_app.questionnaires.document import Document

TEXTS = ("focus_point", "difficulty", "test_question", "delegation_reason")


class PlanForm(BaseForm):
    walker = RadioField("体验人", validators=[DataRequired("请选体验人。")], validate_choice=False)
    delegation_reason = text("委托理由（委托分管领导时必填）", limit=200)
    mode = RadioField("方式", choices=[], validators=[DataRequired("请选方式。")])
    is_simulated = BooleanField("模拟事项")
    errand = SelectField("待办事项", validate_choice=False)
    from_on = day("开始日期", needed="请选从哪天起可以去办。")
    to_on = day("结束日期", needed="请选最晚哪天办完。")
    focus_point = long_text("重点", limit=500)
    difficulty = long_text("难点", limit=500)
    test_question = long_text("题目", limit=500)

    def offer(self, walkers: Iterable[User], errands: Iterable[Errand], document: Document) -> "PlanForm":
        """Offer who may walk, how the campaign's questionnaire is walked, and the errands still in the pool."""
        modes = [mode for mode in document.modes if document.for_mode(mode.id).steps]
        self.mode.choices = options((mode.id, mode.name) for mode in modes)
        self._leave_out({mode.id for mode in modes}, document)
        self.walker.choices = options((str(one.id), _described(one)) for one in walkers)
        told = [(str(one.id), f"{PRINCIPALS[one.principal]}：{one.summary}") for one in errands]
        if self.errand:
            self.errand.choices = options([("", "不从待办事项池里选"), *told])
        return self

    def _leave_out(self, modes: set[str], document: Document) -> None:
        """Take away what no mode of the campaign has: simulations, errands of others."""
        if Mode.IN_PERSON not in modes or not document.simulation_stops:
            del self.is_simulated
        if Mode.ON_BEHALF not in modes:
            del self.errand

    @property
    def walker_id(self) -> uuid.UUID | None:
        return ids.parse(self.walker.data)

    @property
    def errand_id(self) -> uuid.UUID | None:
        return ids.parse(self.errand.data) if self.errand else None

    def fields_by_name(self) -> dict[str, Any]:
        """Return what the service takes, but for the people and things themselves."""
        fields = {name: self[name].data or "" for name in TEXTS}
        return {
            **fields,
            "mode": Mode(self.mode.data),
            "is_simulated": bool(self.is_simulated and self.is_simulated.data),
            "from_on": self.from_on.data,
            "to_on": self.to_on.data,
        }


def filled(entry: PlanEntry) -> dict[str, Any]:
    """Return a plan entry as the form shows it."""
    kept = {name: getattr(entry, name) for name in (*TEXTS, "is_simulated", "from_on", "to_on")}
    errand = str(entry.errand_id or "")
    return {**kept, "walker": str(entry.walker_id), "mode": entry.mode.value, "errand": errand}


def _described(user: User) -> str:
    return f"{user.post} {user.name}（{'一把手' if user.role is Role.HEAD else '分管领导，需写委托理由'}）"
