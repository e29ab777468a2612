"""Forms of 回头看: shape only."""

from collections.abc import Iterable

from wtforms import MultipleFileField, RadioField, SelectField
from wtforms.validators import DataRequired

from walkthrough_app.accounts.models import User
from walkthrough_app.core.forms import DeedForm, day, long_text, options

FAR = 366  # days
SOLVED, UNSOLVED = "solved", "unsolved"


class OrderForm(DeedForm):
    checker = SelectField("谁去回头看", validators=[DataRequired("请选择回头看的人。")])
    due_on = day("什么时候以前", needed="请填写回头看的期限。", back=0, ahead=FAR)

    def offer(self, people: Iterable[User], *, me: User) -> None:
        self.checker.choices = options([(str(one.id), _named(one, me)) for one in people], ask=True)


class HandOverForm(DeedForm):
    checker = SelectField("换谁去", validators=[DataRequired("请选择回头看的人。")])

    def offer(self, people: Iterable[User], *, me: User) -> None:
        self.checker.choices = options([(str(one.id), _named(one, me)) for one in people], ask=True)


class DecideForm(DeedForm):
    outcome = RadioField(
        "结果",
        choices=options([(SOLVED, "通过"), (UNSOLVED, "没有解决")]),
        validators=[DataRequired("请选择结果。")],
    )
    text = long_text("现在的情况", limit=2000, needed="请写明现在的情况。")
    due_on = day("新的整改时限", back=0, ahead=FAR)
    photos = MultipleFileField("现场照片", render_kw={"accept": "image/*"})


def _named(user: User, me: User) -> str:
    return f"{user.unit.name} {user.post} {user.name}" + ("（本人）" if user.id == me.id else "")
