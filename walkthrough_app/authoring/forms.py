"""Forms of authoring. Every form that changes a draft names the revision it shows."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional

from walkthrough_app.authoring.words import PURPOSES
from walkthrough_app.core.forms import BaseForm, choice, options, text

RIBBONS = [("do", "办理"), ("wait", "等候")]
MOMENTS = [("start", "开始以前"), ("finish", "走完以后")]
WRITTEN = [(name, words) for name, words in PURPOSES.items() if name != "recheck"]


class RevisionForm(BaseForm):
    revision = HiddenField()

    @property
    def shown(self) -> int:
        """Return the revision the page showed; 0, which is none, when it was tampered with."""
        given = str(self.revision.data or "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


class NewForm(BaseForm):
    """A programme that begins empty."""

    title = text("名称", limit=40, needed="请填名称。")
    key = text("代号", limit=32, needed="请填代号。")
    basis = text("依据文件名称", limit=100, needed="请填依据文件的名称，不用写书名号。")
    number = text("文号", limit=40)
    clause = text("文件里要求做这件事的原文", limit=200, needed="请抄一句文件里的原文。")


class CopyForm(BaseForm):
    """A programme that begins as another one, under an id of its own."""

    source = SelectField("从哪一份", validators=[DataRequired("请选一份问卷。")])
    title = text("新名称", limit=40, needed="请填名称。", id="copy-title")
    key = text("新代号", limit=32, needed="请填代号。", id="copy-key")


class UploadForm(BaseForm):
    file = FileField(
        "文件", validators=[FileRequired("请选一个文件。")], render_kw={"accept": ".yaml,.yml,.json,.xlsx"}
    )
    title = text("名称", limit=40, id="file-title")
    key = text("代号", limit=32, id="file-key")


class BasicsForm(RevisionForm):
    title = text("名称", limit=40, needed="请填名称。")
    key = text("代号", limit=32, needed="请填代号。")
    basis = SelectField("依据文件", validators=[Optional()], validate_choice=False)
    purpose = choice("用途", WRITTEN)


class StepForm(RevisionForm):
    title = text("名称", limit=10, needed="请填环节名称。")
    short = text("短名", limit=4, needed="请填短名，显示在手机上面的一条里。")
    ribbon = choice("这段时间算", RIBBONS)
    modes = SelectMultipleField("哪些方式走", validators=[Optional()])
    repeat_name = text("一次一份，叫", limit=6)
    repeat_most = IntegerField("最多几份", validators=[Optional(), NumberRange(2, 50, "请填 2 到 50。")])
    weight = IntegerField("权重", validators=[Optional(), NumberRange(0, 100, "请填 0 到 100。")])

    def values(self) -> dict[str, Any]:
        """Return the members of a step; None takes one away."""
        repeat = {"name": self.repeat_name.data} | ({"most": self.repeat_most.data} if self.repeat_most.data else {})
        return {
            "title": self.title.data,
            "short": self.short.data,
            "ribbon": self.ribbon.data,
            "modes": self.modes.data or None,
            "repeat": repeat if self.repeat_name.data else None,
            "weight": self.weight.data,
        }


class AddonForm(RevisionForm):
    title = text("名称", limit=20, needed="请填名称。")
    intro = text("说明", limit=100)
    at = choice("什么时候问", MOMENTS)
    modes = SelectMultipleField("哪些方式问", validators=[Optional()])

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "intro": self.intro.data or None,
            "at": self.at.data,
            "modes": self.modes.data or None,
        }


class YamlForm(RevisionForm):
    text = TextAreaField("内容", filters=[lambda value: value or ""])


class QuestionForm(RevisionForm):
    """See posted.py: what a question has depends on its type."""


def step_form(data: Mapping[str, Any], part: str, member: Mapping[str, Any], revision: int) -> StepForm | AddonForm:
    """Build the form of a step or an add-on, filled with what it is."""
    repeat = member.get("repeat") or {}
    filled = {**member, "repeat_name": repeat.get("name"), "repeat_most": repeat.get("most"), "revision": revision}
    kind = StepForm if part == "steps" else AddonForm
    form = kind(data=filled)
    form.modes.choices = options((str(one.get("id")), str(one.get("name"))) for one in data.get("modes") or [])
    return form
