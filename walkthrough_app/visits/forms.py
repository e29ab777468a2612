"""Forms of visits: shape only."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, NumberRange, Optional

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.core import clock
from walkthrough_app.core.forms import DeedForm, choice, day, long_text, options, text, tidy
from walkthrough_app.core.ids import parse
from walkthrough_app.questionnaires.parts import Mode as ModePart
from walkthrough_app.visits.models import Focus, Frequency
from walkthrough_app.visits.service import Aim, Order, Wish

FAR = 366  # days
POST = 20  # characters of a post
PLACE = "办事窗口"


class AimForm(DeedForm):
    """Where to and along which axes."""

    campaign = SelectField("哪次活动", validators=[DataRequired("请选择活动。")])
    place = text("看哪里", limit=40, needed="请写明看哪里，例如“政务大厅3号窗口”。", default=PLACE)
    mode = SelectField("明查还是暗访", validators=[DataRequired("请选择明查还是暗访。")])
    frequency = choice("经常性还是突击性", [(one.value, one.label) for one in Frequency])
    focus = choice("看过程还是看效果", [(one.value, one.label) for one in Focus])
    brief = long_text("重点看什么", limit=500)

    def ask(self, campaigns: Iterable[Campaign], modes: Iterable[ModePart]) -> None:
        self.campaign.choices = options((str(one.id), one.title) for one in campaigns)
        self.mode.choices = options((one.id, f"{one.name}：{one.hint}") for one in modes)

    @property
    def aim(self) -> Aim:
        return Aim(
            place=self.place.data or "",
            mode=Mode(self.mode.data),
            frequency=Frequency(self.frequency.data),
            focus=Focus(self.focus.data),
            brief=self.brief.data or "",
        )


class OrderForm(AimForm):
    """Who goes where, and when; with `draw` so many of the units are drawn by lot."""

    units = SelectMultipleField("哪些单位")
    draw = IntegerField("随机抽取几个", validators=[Optional(), NumberRange(1, 999, "请填 1 到 999。")])
    inspectors = SelectMultipleField("谁去")
    other = SelectField("或请一位单位领导去", validators=[Optional()])
    from_on = day("从哪天", needed="请填写从哪天开始。", back=0, ahead=FAR)
    to_on = day("到哪天", needed="请填写到哪天为止。", back=0, ahead=FAR)

    def offer(self, units: Iterable[Unit], people: Sequence[User], *, desk: Iterable[User]) -> None:
        near = list(desk)
        self.units.choices = options((str(one.id), one.name) for one in units)
        self.inspectors.choices = options((str(one.id), f"{one.unit.name} {one.post} {one.name}") for one in near)
        others = [one for one in people if one not in near]
        self.other.choices = [
            *options([("", "不请")]),
            *options((str(one.id), f"{one.unit.name} {one.post} {one.name}") for one in others),
        ]

    def order(self, units: Sequence[Unit], people: Sequence[User]) -> Order:
        """Return what was chosen among these; to draw from, all units when none is ticked."""
        first, last = usual_days()
        ticked = [one for one in units if str(one.id) in (self.units.data or ())]
        wanted = {*(self.inspectors.data or ()), self.other.data}
        return Order(
            units=list(units) if self.draw.data and not ticked else ticked,
            inspectors=[one for one in people if str(one.id) in wanted],
            aim=self.aim,
            from_on=self.from_on.data or first,
            to_on=self.to_on.data or last,
            draw=self.draw.data,
        )


class BeginForm(AimForm):
    unit = SelectField("哪个单位", validators=[DataRequired("请选择单位。")])

    def offer(self, units: Iterable[Unit]) -> None:
        self.unit.choices = options(((str(one.id), one.name) for one in units), ask=True)


class FeedbackForm(DeedForm):
    text = long_text("另外要说的", limit=2000)


class ReasonForm(DeedForm):
    reason = long_text("作废的原因", limit=200, needed="请写明作废的原因。")


def usual_days() -> tuple[date, date]:
    """Return the window that is proposed: today and a week."""
    return clock.today(), clock.today() + timedelta(days=7)


def wish_in(given: "MultiDict[str, str]", key: str) -> Wish:
    """Read what is added to the problem of this key; an id that is none is passed over."""
    post = (tidy(given.get(f"post-{key}")) or "")[:POST]
    return Wish(tags=given.getlist(f"tags-{key}"), post=post, relapsed=parse(given.get(f"old-{key}")))
