"""Drafting: which walks a report covers, and the unit's own words in place of generated ones."""

from collections.abc import Mapping, Sequence

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.reports import data, queries
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Paragraph
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.reports.service.state import must_be, must_write, save
from walkthrough_app.walkthroughs.models import Walkthrough

LONGEST_TEXT = 3000
LONGEST_REASON = 500
GONE = "报告里没有这一段了，请刷新后再试。"


def draft(campaign: Campaign, head: User, walks: Sequence[Walkthrough], *, by: User) -> Report:
    """Begin the one special report of a head in a campaign (S002-69, S002-74); Invalid('walks', …) without a walk."""
    if by.unit_id != head.unit_id or by.role not in queries.WRITERS or head.role is not Role.HEAD:
        raise Forbidden("专项报告由本单位的一把手或联络员生成。")
    lane = head.unit.lane
    if lane is None:
        raise Forbidden("作风整顿办不报送专项报告。")
    if queries.special_of(head, campaign):
        raise Conflict("这次活动的专项报告已经有了，请在原来的报告里修改。")
    report = Report(campaign=campaign, unit=head.unit, head=head, lane=lane)
    report.walks = _allowed(head, campaign, walks)
    db.session.add(report)
    save()
    audit.record("report.drafted", report, by=by, walks=len(report.walks))
    return report


def _allowed(head: User, campaign: Campaign, walks: Sequence[Walkthrough]) -> list[Walkthrough]:
    if not walks:
        raise Invalid("walks", "请至少选一次走流程。")
    may = {walk.id for walk in queries.walks_for(head, campaign)}
    if any(walk.id not in may for walk in walks):
        raise Invalid("walks", "有的走流程还没有走完，或者不属于这份报告，请重新选择。")
    return list(walks)


def choose_walks(report: Report, walks: Sequence[Walkthrough], *, by: User) -> None:
    """Set the walks a draft covers."""
    must_be_open(report, by)
    report.walks = _allowed(report.head, report.campaign, walks)
    report.updated_at = clock.now()
    save()


def rewrite(report: Report, key: str, text: str, *, by: User) -> None:
    """Put the unit's own words in place of a generated paragraph; empty brings the generated one back."""
    rewrite_all(report, {key: text}, by=by)


def rewrite_all(report: Report, texts: Mapping[str, str], *, by: User) -> None:
    """Rewrite several paragraphs by their keys, all or none."""
    must_be_open(report, by)
    known = {one.key: one for one in compose(data.of_report(report, made_on=clock.today())).paragraphs()}
    kept = dict(report.texts)
    for key, text in texts.items():
        if key not in known:
            raise NotFound(GONE)
        if len(text) > LONGEST_TEXT:
            raise Invalid("text", f"最多{LONGEST_TEXT}个字，现在有{len(text)}个字。")
        kept[key] = "" if text == known[key].generated else text
    report.texts = {key: text for key, text in kept.items() if text.strip()}
    save()


def restore(report: Report, key: str, *, by: User) -> None:
    """Bring the generated paragraph back."""
    must_be_open(report, by)
    if key not in report.texts:
        _paragraph(report, key)
    _set(report, key, "")


def _paragraph(report: Report, key: str) -> Paragraph:
    paragraph = compose(data.of_report(report, made_on=clock.today())).paragraph(key)
    if paragraph is None:
        raise NotFound(GONE)
    return paragraph


def _set(report: Report, key: str, text: str) -> None:
    kept = {name: words for name, words in report.texts.items() if name != key}
    report.texts = kept | ({key: text} if text.strip() else {})
    save()


def explain(report: Report, key: str, reason: str, *, by: User) -> None:
    """Say why something is missing; an empty reason takes the explanation back."""
    must_be_open(report, by)
    if len(reason) > LONGEST_REASON:
        raise Invalid(key, f"最多{LONGEST_REASON}个字，现在有{len(reason)}个字。")
    kept = {name: words for name, words in report.explanations.items() if name != key}
    report.explanations = kept | ({key: reason} if reason.strip() else {})
    save()


def set_contact(report: Report, contact: str, *, by: User) -> None:
    """Set what stands in the 附注: post and telephone, no name."""
    must_be_open(report, by)
    report.contact = contact
    save()


def take_back(report: Report, *, by: User) -> None:
    """Make a confirmed or returned report a draft again; its versions stay as they are."""
    must_write(report, by)
    if report.state is ReportState.DRAFT:
        return
    must_be(report, ReportState.CONFIRMED, ReportState.RETURNED)
    report.state = ReportState.DRAFT
    save()
    audit.record("report.taken_back", report, by=by)


def must_be_open(report: Report, by: User) -> None:
    """Let only the unit's own people change a report, and only its draft."""
    must_write(report, by)
    must_be(report, ReportState.DRAFT)
