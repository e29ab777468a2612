"""What must be there before a walk may be called walked."""

from walkthrough_app.core.errors import Invalid
from walkthrough_app.walkthroughs.record import WalkRecord


def finish(record: WalkRecord) -> Invalid | None:
    """Return why the walk cannot be finished yet: no finding and no reason (S002-63), or a declaration unsaid."""
    state = record.state
    if not state.findings and not state.no_finding_reason:
        return Invalid("no_finding", "没有发现问题，请写明原因（要真正发现问题）。")
    unsaid = [one.id for one in record.closing_questions() if one.required and one.id not in state.answers]
    return Invalid(unsaid[0], "请如实填写暗访纪律四项，没做到也可以说明情况。") if unsaid else None
