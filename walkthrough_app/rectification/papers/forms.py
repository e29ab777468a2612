"""Forms of papers: what a draft says, and the short ones by which it is signed, answered and decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField

from walkthrough_app.core import forms
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import readers
from walkthrough_app.rectification.papers.contents import CLASSES
from walkthrough_app.rectification.papers.service import CHANNELS

Made = TypeVar("Made", bound="PaperForm")
LINE, TEXT, LONG = 200, 2000, 8000  # characters
NOT_KEPT = frozenset({"csrf_token", "entry", "co_units", "readers", "scope"})
AGREES = [("yes", "没有意见"), ("no", "有意见")]
AHEAD = 3 * 366  # days
SEVERITY = {"minor": "一般", "moderate": "较重", "serious": "严重"}


class EntryForm(forms.BaseForm):
    """A form that counts once: its id goes with it."""

    entry = HiddenField(default=lambda: str(uuid4()))


class PaperForm(EntryForm):
    """What all papers ask for."""

    issuer = forms.text("发文单位", limit=LINE, needed="请填写发文单位。")

    def said(self, _findings: Sequence[Finding]) -> dict[str, Any]:
        """Return what the form says as plain JSON."""
        found = {field.short_name: field.data for field in self if field.short_name not in NOT_KEPT}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


class ContactForm(PaperForm):
    contact_post = forms.text("联系人（写职务）", limit=LINE)
    contact_phone = forms.text("联系电话", limit=40)
    copies_to = forms.text("抄送", limit=LINE)


class NoticeForm(ContactForm):
    matter = forms.text("督办事项", limit=LINE, needed="请填写督办事项。")
    basis = forms.long_text("督办依据", limit=TEXT, needed="请填写督办依据。")
    requirement = forms.long_text("办理要求", limit=TEXT, needed="请填写办理要求。")
    due_on = forms.day("办结时限", needed="请填写办结时限。", back=0, ahead=AHEAD)
    feedback = forms.text("反馈方式", limit=LINE, needed="请填写反馈方式。")
    issued_by = forms.text("签发人（写职务）", limit=LINE, needed="请填写签发人的职务。")
    urgency = forms.choice("紧急程度", [("", "不标"), ("加急", "加急"), ("特急", "特急")], needed="")
    co_units = SelectMultipleField("协办单位")

    def said(self, findings: Sequence[Finding]) -> dict[str, Any]:
        found = super().said(findings)
        texts = [found.pop(f"text_{n}") for n in range(len(findings))]
        problems = [{"code": one.code, "text": text} for one, text in zip(findings, texts, strict=True)]
        return found | {"problems": problems}


class LetterForm(ContactForm):
    campaign = forms.text("活动", limit=LINE, needed="请填写活动名称。")
    source = forms.text("问题来源", limit=LINE, needed="请填写问题来源。")
    reply_by = forms.day("反馈期限", needed="请填写反馈期限。", back=0, ahead=AHEAD)
    receiver = forms.text("反馈给", limit=LINE, needed="请填写反馈给谁。")

    objection_days = 0  # of the campaign's terms, see said()

    def said(self, findings: Sequence[Finding]) -> dict[str, Any]:
        found = super().said(findings)
        problems = [
            {
                "code": one.code,
                "item": one.task_name or "综合事项",
                "severity": one.severity_label,
                "fact": found.pop(f"fact_{n}"),
                "basis": found.pop(f"base_{n}"),
                "demand": found.pop(f"demand_{n}"),
                "due_on": found.pop(f"due_{n}"),
            }
            for n, one in enumerate(findings)
        ]
        return found | {"problems": problems, "objection_days": self.objection_days}


class RecordForm(PaperForm):
    problem = forms.long_text("原问题", limit=TEXT, needed="请写明原问题。")
    measure = forms.long_text("整改情况", limit=TEXT)
    checked_on = forms.day("核查日期", needed="请填写核查日期。", ahead=0)
    method = forms.text("核查方式", limit=LINE, needed="请填写核查方式。")
    checker = forms.text("核查人（写职务）", limit=LINE, needed="请填写核查人的职务。")
    state_now = forms.long_text("现状", limit=TEXT, needed="请写明现状。")
    conclusion = forms.text("结论", limit=LINE, needed="请写明结论。")


class BulletinForm(ContactForm):
    campaign = forms.text("活动", limit=LINE, needed="请填写活动名称。")
    addressee = forms.text("主送", limit=LINE, needed="请填写主送单位。")
    opening = forms.long_text("开头", limit=TEXT, needed="请写明开头。")
    overview = forms.long_text("一、总体情况", limit=TEXT, needed="请写明总体情况。")
    praise = forms.long_text("二、好的做法", limit=LONG)
    demands = forms.long_text("四、工作要求", limit=TEXT, needed="请写明工作要求。")
    deadline = forms.text("整改期限", limit=LINE, needed="请写明整改期限。")
    receiver = forms.text("反馈给", limit=LINE, needed="请填写反馈给谁。")
    from_on = forms.day("从", needed="请填写开始日期。")
    to_on = forms.day("到", needed="请填写结束日期。")
    due_on = forms.day("整改到", needed="请填写整改期限。", ahead=AHEAD)
    scope = forms.choice("发给谁看", [])
    readers = SelectMultipleField("勾选的单位")
    with_head = BooleanField("加红头（正式印发时用）")
    not_names = forms.long_text("不是姓名的词", limit=500)


for _letter, _title in CLASSES.items():
    setattr(BulletinForm, f"title_{_letter}", forms.text("小标题", limit=LINE))
    setattr(BulletinForm, f"facts_{_letter}", forms.long_text(f"{_letter}　{_title}", limit=LONG))


class BriefForm(PaperForm):
    title = forms.text("标题", limit=60, needed="请填写标题。")
    unit_name = forms.text("单位", limit=LINE, needed="请填写单位。")
    item = forms.text("事项", limit=LINE)
    practice = forms.long_text("做法", limit=500, needed="请写明做法。")
    effect = forms.long_text("成效", limit=500, needed="请写明成效。")
    fixed_as = forms.long_text("如何固化", limit=500, needed="请写明固化成了什么制度、流程或标准。")
    spread = forms.long_text("可推广性", limit=500, needed="请写明哪些单位可以照着做。")
    not_names = forms.long_text("不是姓名的词", limit=500)


def notice(findings: Sequence[Finding]) -> type[NoticeForm]:
    """Make the form with a field for each problem."""
    fields = {
        f"text_{n}": forms.long_text(f"问题摘要　{one.code}", limit=TEXT, needed="请写明问题。")
        for n, one in enumerate(findings)
    }
    return type("NoticeForm", (NoticeForm,), fields)


def letter(findings: Sequence[Finding]) -> type[LetterForm]:
    fields: dict[str, Any] = {}
    for n, one in enumerate(findings):
        fields |= {
            f"fact_{n}": forms.long_text(f"问题　{one.code}", limit=TEXT, needed="请写明问题。"),
            f"base_{n}": forms.text("依据", limit=500, needed="请写明依据。"),
            f"demand_{n}": forms.long_text("整改要求", limit=TEXT, needed="请写明整改要求。"),
            f"due_{n}": forms.day("整改时限", needed="请填写整改时限。", back=0, ahead=AHEAD),
        }
    return type("LetterForm", (LetterForm,), fields)


def flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a new form or a draft says by the names of the form's fields; days as days."""
    found = {name: _value(name, value) for name, value in data.items()}
    for many, one in (("texts", "text"), ("facts", "fact"), ("bases", "base"), ("demands", "demand"), ("dues", "due")):
        if isinstance(data.get(many), list):
            found |= {f"{one}_{n}": value for n, value in enumerate(data[many])}
    for n, problem in enumerate(data.get("problems", ())):
        known = {"text": "text", "fact": "fact", "basis": "base", "demand": "demand", "due_on": "due"}
        found |= {f"{field}_{n}": _value(name, problem[name]) for name, field in known.items() if name in problem}
    return found


def _value(name: str, value: Any) -> Any:
    is_day = name in {"due_on", "reply_by", "checked_on", "from_on", "to_on", "found_on"}
    return date.fromisoformat(value) if is_day and isinstance(value, str) and value else value


def offer_units(field: SelectMultipleField, units: Iterable[Any]) -> None:
    field.choices = forms.options([(str(one.id), one.name) for one in units])


def offer_readers(form: BulletinForm, office: Any, units: Iterable[Any]) -> None:
    form.scope.choices = forms.options(readers.choices(office))
    offer_units(form.readers, units)


class ReplyForm(EntryForm):
    done = forms.long_text("办理情况", limit=TEXT, needed="请写明办理情况。")
    result = forms.long_text("整改结果", limit=TEXT, needed="请写明整改结果。")


class ApproveForm(EntryForm):
    reason = forms.long_text("审核情况", limit=TEXT, needed="请写明审核的情况。")


class SendBackForm(EntryForm):
    reason = forms.long_text("退回的理由", limit=TEXT, needed="请写明退回重办的理由。")
    due_on = forms.day("新的时限", needed="请填写新的时限。", back=0, ahead=AHEAD)


class UrgeForm(EntryForm):
    on = forms.day("催办日期", needed="请填写催办日期。", ahead=0)
    channel = forms.choice("方式", [(one, one) for one in CHANNELS])
    answer = forms.text("对方答复", limit=TEXT)


class HearForm(EntryForm):
    until = forms.day("答复期限", needed="请填写答复期限。", back=0, ahead=60)


class AnswerForm(EntryForm):
    agrees = RadioField("您单位的意见", choices=forms.options(AGREES), default="yes")
    text = forms.long_text("意见和理由", limit=TEXT)


class ReviewForm(EntryForm):
    text = forms.long_text("审核意见", limit=TEXT, needed="请写明审核意见。")


class ReopenForm(EntryForm):
    reason = forms.long_text("退回修改的理由", limit=TEXT, needed="请写明退回修改的理由。")
