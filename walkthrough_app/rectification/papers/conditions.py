"""Why a notice may be issued about a finding (domain §6.5): overdue, serious, relapsed, or by hand."""

from collections.abc import Iterable

from walkthrough_app.rectification.models import Finding

BY_HAND = "工作需要"


def reasons(findings: Iterable[Finding]) -> list[str]:
    """Return what speaks for a notice, each once."""
    listed = list(findings)
    rules = (
        ("整改逾期", any(one.is_overdue for one in listed)),
        ("问题严重", any(one.severity == "serious" for one in listed)),
        ("整改后反弹", any(one.relapse_count for one in listed)),
    )
    return [reason for reason, holds in rules if holds] or [BY_HAND]
