"""Choosing a file, and confirming what it would do."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from walkthrough_app.core.forms import BaseForm


class UploadForm(BaseForm):
    file = FileField(
        "填好的表格", validators=[FileRequired("请选一个填好的表格文件。")], render_kw={"accept": ".xlsx,.csv"}
    )


class ConfirmForm(BaseForm):
    """`seen` is the digest of what the page showed."""

    only_good = BooleanField()
    seen = HiddenField()
