"""Forms of the ledger: shape only; the services judge the values. `tap` is the id of the deed a form does."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField
from wtforms.validators import Optional

from walkthrough_app.accounts.models import Unit
from walkthrough_app.core import ids
from walkthrough_app.core.forms import BaseForm, DeedForm, day, long_text, options, text
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

ENOUGH = 2000  # characters
POST = 60
PICTURES = {"accept": "image/*"}


class ReasonForm(DeedForm):
    reason = long_text("理由", limit=ENOUGH, needed="请写明理由。")


class TextForm(DeedForm):
    text = long_text("情况", limit=ENOUGH, needed="请写明情况。")


class SignForm(DeedForm):
    rectify_type = RadioField("整改类型", choices=options(RECTIFY_TYPES.items()), validators=[Optional()])
    measure = long_text("整改措施", limit=ENOUGH)
    steps = long_text("整改步骤", limit=ENOUGH)
    due_on = day("整改时限")
    resp_leader = text("责任领导", limit=POST)
    resp_person = text("责任人", limit=POST)
    escalate_to = text("提请哪个部门协调", limit=POST)


class ExtensionForm(DeedForm):
    new_due_on = day("延到哪一天", needed="请填写新的时限。")
    reason = long_text("为什么延期", limit=ENOUGH, needed="请写明延期的理由。")
    progress = long_text("现在做到哪一步", limit=ENOUGH, needed="请写明目前的进展。")


class DoneForm(DeedForm):
    result = long_text("整改结果", limit=ENOUGH, needed="请写明整改结果。")
    done_on = day("完成日期", ahead=0)
    photos = MultipleFileField("整改后的照片", render_kw=PICTURES)


class AnswerForm(DeedForm):
    grant = RadioField("答复", choices=options([("yes", "同意"), ("no", "不同意")]), validators=[Optional()])
    reason = long_text("理由", limit=ENOUGH)


class DismissForm(ReasonForm):
    duplicate_of = text("和哪个问题重复（写编号）", limit=200)


class BackForm(ReasonForm):
    due_on = day("新的时限", back=0)


class AssignForm(DeedForm):
    unit = SelectField("责任单位", validate_choice=False)
    resp_leader = text("责任领导", limit=POST)
    resp_person = text("责任人", limit=POST)
    due_on = day("整改时限", back=0)

    def offer(self, units: Sequence[Unit], *, ask: bool) -> None:
        self.unit.choices = options([(str(one.id), one.name) for one in units], ask=ask)


class SheetForm(BaseForm):
    """An edited ledger that came back; a desk says whose it is."""

    unit = SelectField("哪个单位交回的", validate_choice=False)
    file = FileField(
        "填好的台账", validators=[FileRequired("请选一个填好的台账文件。")], render_kw={"accept": ".xlsx,.csv"}
    )


class ConfirmForm(BaseForm):
    """`seen` is the digest of what the page showed."""

    only_good = BooleanField()
    seen = HiddenField()


def ids_in(values: Sequence[str]) -> list[uuid.UUID]:
    """Return the ids ticked in a list, each once; what is none is left out."""
    found = (ids.parse(one) for one in values)
    return list(dict.fromkeys(one for one in found if one))


def pictures_in(files: Mapping[str, Any], name: str) -> list[FileStorage]:
    """Return the files really chosen in a file field."""
    return [file for file in files.getlist(name) if file and file.filename]  # type: ignore[attr-defined]
