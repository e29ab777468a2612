"""Taking over what was rewritten in Word: whole paragraphs, those that were ticked."""

from collections.abc import Mapping

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.reports.models import Report
from walkthrough_app.reports.service.drafting import must_be_open, rewrite_all


def adopt(report: Report, texts: Mapping[str, str], *, by: User, revision: int) -> None:
    """Put `texts` in place of the paragraphs with their keys, all or none.

    Conflict when the report is no longer at `revision`, at which its changes were looked at; Invalid('take', …)
    without a paragraph or with an empty one.
    """
    must_be_open(report, by)
    if report.revision != revision:
        raise Conflict("您核对的时候这份报告又有改动，请回到报告重新上传Word，看过以后再采用。")
    if not texts:
        raise Invalid("take", "请至少勾选一段。")
    if not all(text.strip() for text in texts.values()):
        raise Invalid("take", "清空的段落不能采用，请去掉它前面的勾。")
    rewrite_all(report, texts, by=by)
    audit.record("report.word_adopted", report, by=by, paragraphs=sorted(texts))
