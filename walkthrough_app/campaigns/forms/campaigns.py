"""The office's forms: a campaign, and a lane's route."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import Field, IntegerField, SelectField, ValidationError
from wtforms.validators import DataRequired, NumberRange, Optional

from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.campaigns.values import MOST_GRACE, STATE_LABELS, RouteFields
from walkthrough_app.core.forms import BaseForm, choice, day, options, text
from walkthrough_app.questionnaires.models import Questionnaire
from walkthrough_app.questionnaires.parts import Threshold

LIMIT = "limit_"
STATES = [(one.value, STATE_LABELS[one]) for one in (CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED)]
TEXTS = ("title", "programme", "basis_title", "basis_number", "basis_issuer")
DAYS = ("basis_made_on", "basis_issued_on", "opens_on", "walk_due", "report_due")


class CampaignForm(BaseForm):
    """See campaign_form: the questionnaire's thresholds are added to it."""

    title = text("活动名称", limit=60, needed="请填活动名称。")
    programme = text("所属专项工作", limit=60, needed="请填所属专项工作。")
    basis_title = text("依据文件名称", limit=100, needed="请填依据文件的名称，不用写书名号。")
    basis_number = text("发文字号", limit=40, needed="请填发文字号，例如〔2018〕13号。")
    basis_issuer = text("发文机关", limit=60, needed="请填发文机关。")
    basis_made_on = day("成文日期")
    basis_issued_on = day("印发日期")
    opens_on = day("活动开始日期", needed="请选活动开始的日期。")
    walk_due = day("体验截止日期", needed="请选走流程要在哪天前完成。")
    report_due = day("报送截止日期", needed="请选专项报告要在哪天前上报。")
    grace_days = IntegerField(
        "宽限（工作日）", validators=[Optional(), NumberRange(0, MOST_GRACE, f"请填 0 到 {MOST_GRACE}。")], default=0
    )
    state = choice("状态", STATES, needed="请选状态。")
    questionnaire = SelectField("问卷版本", validators=[DataRequired("请选问卷版本。")])

    @property
    def limits(self) -> Iterator[Field]:
        return (field for field in self if field.short_name.startswith(LIMIT))

    def fields_by_name(self) -> dict[str, Any]:
        """Return what the service takes, but for the questionnaire itself."""
        kept = {name: self[name].data for name in (*TEXTS, *DAYS)}
        limits = {field.short_name.removeprefix(LIMIT): field.data for field in self.limits if field.data is not None}
        rest = {"grace_days": self.grace_days.data or 0, "state": CampaignState(self.state.data), "thresholds": limits}
        return {**kept, **rest}

    @property
    def questionnaire_id(self) -> uuid.UUID:
        return uuid.UUID(self.questionnaire.data)


class RouteForm(BaseForm):
    """One lane's part of the set-up: it is posted with the campaign's own form, whose token guards both."""

    class Meta(BaseForm.Meta):
        csrf = False

    receiver = text("报送至", limit=60, needed="请填报告的主送单位。")
    contact = text("联系人", limit=30, render_kw={"placeholder": "请填联系人"})
    phone = text("联系电话", limit=40, render_kw={"placeholder": "0000-0000000", "inputmode": "tel"})
    email = text("电子邮箱", limit=100, render_kw={"placeholder": "name@example.gov.cn", "inputmode": "email"})

    def validate_email(self, field: Field) -> None:
        if field.data and "@" not in field.data:
            raise ValidationError("电子邮箱要写完整，例如 name@example.gov.cn。")

    def fields_by_name(self) -> RouteFields:
        return {
            "receiver": self.receiver.data or "",
            "contact": self.contact.data or "",
            "phone": self.phone.data or "",
            "email": self.email.data or "",
        }


def campaign_form(
    published: Iterable[Questionnaire], limits: Iterable[Threshold], campaign: Campaign | None = None
) -> CampaignForm:
    """Build the form with one number for each threshold, filled from a campaign: its own, or the one it follows."""
    members = {f"{LIMIT}{limit.id}": _limit_field(limit, campaign) for limit in limits}
    form: CampaignForm = type("FullCampaignForm", (CampaignForm,), members)(data=_filled(campaign))
    form.questionnaire.choices = options((str(one.id), f"{one.title} 第 {one.version} 版") for one in published)
    return form


def route_forms(shown: Mapping[Lane, Any]) -> dict[Lane, RouteForm]:
    """Build the two lanes' forms, filled from their routes or from a mapping with their receiver."""
    return {lane: RouteForm(prefix=f"{lane}-", data=_route(shown[lane])) for lane in Lane}


def _route(shown: Any) -> dict[str, str]:
    if isinstance(shown, str):
        return {"receiver": shown}
    return {name: getattr(shown, name) for name in ("receiver", "contact", "phone", "email")}


def _limit_field(limit: Threshold, campaign: Campaign | None) -> IntegerField:
    value = campaign.thresholds.get(limit.id, limit.value) if campaign else limit.value
    rules = [Optional(), NumberRange(1, 999, "请填 1 到 999。")]
    return IntegerField(f"{limit.name}（{limit.unit}）", validators=rules, default=value)


def _filled(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {}
    kept = {name: getattr(campaign, name) for name in (*TEXTS, *DAYS, "grace_days")}
    return {**kept, "state": campaign.state.value, "questionnaire": str(campaign.questionnaire_id)}
