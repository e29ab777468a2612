"""One deed for many findings: each by itself, so that one refusal spoils none of the others."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from walkthrough_app.core import db
from walkthrough_app.core.errors import AppError
from walkthrough_app.rectification.models import Finding, FindingEntry

MOST = 50  # as many as a page of the ledger shows: more would not fit into an address
Act = Callable[[Finding, uuid.UUID], FindingEntry | None]


@dataclass
class Outcome:
    """What was done, and what not with the sentence why."""

    done: list[Finding] = field(default_factory=list)
    refused: list[tuple[str, uuid.UUID, str]] = field(default_factory=list)


def each(findings: Sequence[Finding], tap: uuid.UUID, act: Act) -> Outcome:
    """Do a deed for each finding under a savepoint; a form sent again finds everything done and changes nothing."""
    outcome = Outcome()
    for finding in findings:
        code, key = finding.code, finding.id
        try:
            with db.session.begin_nested():
                act(finding, uuid.uuid5(tap, str(key)))
        except AppError as error:
            outcome.refused.append((code, key, error.message))
        else:
            outcome.done.append(finding)
    return outcome
