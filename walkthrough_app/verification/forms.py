"""The form on the page where a file is checked."""

from typing import BinaryIO, cast

from flask_wtf.file import FileField, FileRequired

from walkthrough_app.core.forms import BaseForm


class VerifyForm(BaseForm):
    report = FileField(
        "报告（PDF文件）",
        validators=[FileRequired("请先选一个PDF文件。")],
        render_kw={"accept": "application/pdf,.pdf", "required": True},
    )

    @property
    def upload(self) -> BinaryIO:
        return cast("BinaryIO", self.report.data.stream)

    @property
    def name(self) -> str:
        return str(self.report.data.filename or "")
