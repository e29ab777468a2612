"""The forms of reminders."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import Length, Optional

from walkthrough_app.core.forms import BaseForm, tidy


class MailForm(BaseForm):
    is_on = BooleanField("发邮件")


class RobotForm(BaseForm):
    """An address and a secret that were kept are never shown again: what is left empty stays."""

    is_on = BooleanField("往群里发")
    url = PasswordField(
        "Webhook 地址", filters=[tidy], validators=[Optional(), Length(max=500, message="最多 500 个字。")]
    )
    secret = PasswordField(
        "加签密钥", filters=[tidy], validators=[Optional(), Length(max=200, message="最多 200 个字。")]
    )
