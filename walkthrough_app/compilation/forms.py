"""Forms of the compilation's pages: shape only."""

from wtforms import BooleanField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional

from walkthrough_app.core.forms import BaseForm, text, tidy


class BeginForm(BaseForm):
    with_counties = BooleanField("把各县（市）区已接收的报告也汇进来")


class TextForm(BaseForm):
    text = TextAreaField("这一段的文字", filters=[tidy])


class NameForm(BaseForm):
    name = text("这一组叫什么", limit=60)


class SplitForm(BaseForm):
    chosen = SelectMultipleField("要分出来的问题", validators=[Optional()], validate_choice=False)


class MergeForm(BaseForm):
    into = SelectField("并入哪一组", validators=[Optional()], validate_choice=False)


class CasesForm(BaseForm):
    models = SelectMultipleField("正面典型", validators=[Optional()], validate_choice=False)
    warnings = SelectMultipleField("反面典型", validators=[Optional()], validate_choice=False)
