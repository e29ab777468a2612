"""The form of a pending errand."""

import uuid
from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired

from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.campaigns.values import PRINCIPALS
from walkthrough_app.core.forms import BaseForm, long_text, options


class ErrandForm(BaseForm):
    principal = RadioField("谁的事", choices=options(PRINCIPALS.items()), validators=[DataRequired("请选企业或群众。")])
    item = SelectField("事项", validators=[DataRequired("请选要办的事项。")])
    summary = long_text("要办什么事", limit=200, needed="请写明要办什么事。")

    def offer(self, items: Iterable[ServiceItem]) -> "ErrandForm":
        self.item.choices = options(((str(item.id), item.task_name) for item in items), ask=True)
        return self

    @property
    def item_id(self) -> uuid.UUID:
        return uuid.UUID(self.item.data)
