"""What the parts of the ledger tell each other and what it asks of others, put together in one place."""

from collections.abc import Callable

from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import changes, service
from walkthrough_app.rectification.closing import effect
from walkthrough_app.rectification.closing import service as closing
from walkthrough_app.rectification.closing import tasks as closing_tasks
from walkthrough_app.rectification.escalation import service as escalation
from walkthrough_app.rectification.escalation import tasks as escalation_tasks
from walkthrough_app.rectification.papers import queries as papers
from walkthrough_app.rectification.papers import tasks as paper_tasks
from walkthrough_app.rectification.rechecks import measuring, sampling
from walkthrough_app.rectification.sheets import rows
from walkthrough_app.reports import changes as reports

Signer = Callable[[str], Callable[[bytes], bytes]]


def connect(store: MediaStore, signer: Signer) -> None:
    """Connect the ledger; `signer` gives for a reason what signs a PDF. Before the reminders: they tell its steps."""
    escalation_tasks.connect()
    paper_tasks.connect(store, signer("文书签发"))
    closing_tasks.connect(store, signer("整改总结"))
    reports.connect(service.note_report)
    changes.connect(escalation.note)
    changes.connect(closing.note)
    changes.connect(sampling.note)
    effect.connect(measuring.measured)
    rows.connect(papers.numbers)
