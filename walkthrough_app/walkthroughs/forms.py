"""Forms of the walk pages: shape only. Answers are read by the questionnaire, see answers_in()."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, NumberRange, Optional

from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import DeedForm, day, long_text, options, text, tidy
from walkthrough_app.questionnaires import answers
from walkthrough_app.questionnaires.document import Question
from walkthrough_app.walkthroughs.cards import as_shown
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

PICTURES = "image/*"
NOTE_LIMIT = 500
REAL_OR_NOT = [("real", "真实办理"), ("simulated", "模拟事项")]


class StartForm(DeedForm):
    kind = RadioField("怎么办", choices=options(REAL_OR_NOT), default="real", validators=[Optional()])
    simulation_stop = SelectField("模拟到哪一步为止", validators=[Optional()], validate_choice=False)
    principal = RadioField("委托方", choices=options([("firm", "企业"), ("citizen", "群众")]), validators=[Optional()])
    scope = SelectField("委托范围", validators=[Optional()], validate_choice=False)
    signed_on = day("委托书日期", ahead=0)
    photo = FileField("委托书照片", render_kw={"accept": PICTURES, "capture": "environment"})
    kept_photo = HiddenField()
    consent = BooleanField("已向陪同对象说明来意，并征得同意")


class StepForm(DeedForm):
    """What stands on a step page beside its questions."""

    no = text("号码", limit=16)
    ahead = IntegerField("前面人数", validators=[Optional(), NumberRange(0, 9999, "请填 0 到 9999。")])
    window = text("窗口", limit=16)
    note = long_text("记一笔", limit=1000)
    receipt = text("受理单号", limit=60)
    promised_on = day("窗口说哪天能办好", back=0)
    channel = SelectField(
        "怎么问的",
        choices=options((name, name) for name in ("网上", "电话", "短信", "现场")),
        validators=[Optional()],
    )
    track = text("得到什么答复", limit=500)
    result_on = day("哪天拿到结果", ahead=0)


class FindingForm(DeedForm):
    title = text("问题", limit=60, needed="请用一句话写明问题。")
    fact = long_text("事实（时间、环节、数据）", limit=1000)
    severity = RadioField("严重程度", validators=[Optional()])
    category = SelectField("类别", validators=[DataRequired("请选择类别。")])
    root_cause = SelectField("原因（病灶）", validators=[Optional()])
    tags = SelectMultipleField("标签", validators=[Optional()])
    question = HiddenField()
    step = HiddenField()
    photos = SelectMultipleField("配哪几张照片", validators=[Optional()], validate_choice=False)


class MeasureForm(DeedForm):
    rectify_type = RadioField(
        "怎么改",
        choices=options(RECTIFY_TYPES.items()),
        validators=[Optional()],
    )
    measure = long_text("整改措施", limit=1000, needed="请写明整改措施。")
    steps = long_text("整改步骤", limit=1000)
    due_on = day("整改时限")
    resp_person = text("责任人（写职务）", limit=60)
    done_on = day("整改完成日期", ahead=0)
    escalate_to = text("提请哪里协调", limit=100)
    after_photos = SelectMultipleField("整改后的照片", validators=[Optional()], validate_choice=False)
    after_photo = FileField("拍整改后的照片", render_kw={"accept": PICTURES, "capture": "environment"})


class PhotoForm(DeedForm):
    caption = text("照片说明", limit=100)


class ReviewForm(DeedForm):
    feeling = long_text("体验感受", limit=3000)
    no_finding = long_text("没有发现问题的原因", limit=500)


class VoidForm(DeedForm):
    reason = text("作废的原因", limit=500, needed="请写明作废的原因。")


class TimingForm(DeedForm):
    minutes = IntegerField("实际用了几分钟", validators=[NumberRange(0, 10080, "请填 0 到 10080 分钟。")])
    reason = text("为什么改", limit=200, needed="请写明原因，例如忘了停表。")


@dataclass
class Posted:
    """The answers of a posted page: only those that were touched. None takes an answer back."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def answers_in(form: MultiDict[str, str], questions: Iterable[Question]) -> Posted:
    """Read answers; what stands as the page showed it (`was-…`) is left alone, for another phone may know better."""
    posted = Posted()
    for question in questions:
        raw = [part for part in (tidy(part) for part in form.getlist(f"q-{question.id}")) if part]
        note = tidy(form.get(f"note-{question.id}")) or ""
        shown = form.get(f"was-{question.id}")
        if shown == as_shown(raw, note) or (shown is None and f"q-{question.id}" not in form):
            continue
        try:
            value = _answer(question, raw, note)
        except Invalid as error:
            posted.errors[question.id], posted.typed[question.id] = error.message, " ".join(raw)
            continue
        posted.values[question.id], posted.notes[question.id] = value, note
    return posted


def _answer(question: Question, raw: list[str], note: str) -> Any:
    if len(note) > NOTE_LIMIT:
        raise Invalid(question.id, f"补充说明最多 {NOTE_LIMIT} 个字。")
    return answers.parse_answer(question, raw)


def pictures_in(files: Mapping[str, Any], name: str) -> list[FileStorage]:
    """Return the files really chosen in a file field."""
    return [file for file in files.getlist(name) if file and file.filename]  # type: ignore[attr-defined]
