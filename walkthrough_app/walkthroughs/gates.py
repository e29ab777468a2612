"""What must be there before a walk may be called walked, and what keeps it from being opened again."""

from collections.abc import Callable

from walkthrough_app.core.errors import Invalid
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

PLEDGE = "请如实填写暗访纪律四项，没做到也可以说明情况。"
UNDOING = frozenset({"reopen", "void"})
# Who has taken over what a walk found says here, in a sentence, why it stays as it is; '' to let it be opened.
Seal = Callable[[Walkthrough], str]
_seals: list[Seal] = []


def connect(seal: Seal) -> None:
    """Have `seal(walk)` asked before a walk is opened again or voided; connecting it again changes nothing."""
    if seal not in _seals:
        _seals.append(seal)


def sealed(walk: Walkthrough) -> str:
    """Say why a walk stays as it is, or ''."""
    return next((why for seal in _seals if (why := seal(walk))), "")


def finish(record: WalkRecord) -> Invalid | None:
    """Return why the walk cannot be finished yet: no finding and no reason (S002-63), or a declaration unsaid."""
    state = record.state
    if not (state.findings or state.no_finding_reason or record.is_recheck):
        return Invalid("no_finding", "没有发现问题，请写明原因（要真正发现问题）。")
    for addon in record.closing:
        unsaid = [one for one in addon.questions if one.required and one.id not in state.answers]
        if unsaid:
            is_pledge = addon.id == "integrity" and not record.is_recheck
            words = PLEDGE if is_pledge else f"请回答“{unsaid[0].text}”。"
            return Invalid(unsaid[0].id, words)
    return None
