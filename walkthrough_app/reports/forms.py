"""Forms of the report pages: shape only."""

from wtforms import BooleanField, FileField, HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import HiddenInput

from walkthrough_app.core.forms import BaseForm, long_text, options, text, tidy

REASONS = (
    "佐证照片不足",
    "问题写得不具体，缺少时间、环节或数据",
    "整改措施、时限或步骤不明确",
    "必须亲身体验的事项没有走",
    "没有发现问题，理由不充分",
    "附件不全",
)


class WalksForm(BaseForm):
    """Which walks a report covers, by id."""

    walks = SelectMultipleField("写进报告的走流程", validators=[Optional()], validate_choice=False)


class NewReportForm(WalksForm):
    campaign = HiddenField()
    head = HiddenField()


class TextForm(BaseForm):
    text = TextAreaField("这一段的文字", filters=[tidy])


class WordForm(BaseForm):
    word = FileField("改好的Word（.docx）", render_kw={"accept": ".docx"})


class AdoptForm(BaseForm):
    """Which paragraphs to take over from Word, by key; their texts come beside it as text-<key>."""

    revision = IntegerField(validators=[Optional()], widget=HiddenInput())
    take = SelectMultipleField("采用的段落", validators=[Optional()], validate_choice=False)


class ContactForm(BaseForm):
    contact = text("联系人职务和电话", limit=100)


class ConfirmForm(BaseForm):
    ticked = BooleanField("我已核对，内容属实")


class ReturnForm(BaseForm):
    reasons = SelectMultipleField(
        "退回的原因",
        choices=options([(reason, reason) for reason in REASONS]),
        validators=[Optional()],
        validate_choice=False,
    )
    other = long_text("其他原因", limit=500)

    def validate_reasons(self, field: SelectMultipleField) -> None:
        if set(field.data or []) - set(REASONS):
            raise ValidationError("请在列出的原因里选择，没有合适的写在“其他原因”里。")
