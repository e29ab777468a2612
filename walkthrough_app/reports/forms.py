"""Forms of the report pages: shape only."""

from wtforms import BooleanField, FileField, HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from walkthrough_app.core.forms import BaseForm, text, tidy


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
