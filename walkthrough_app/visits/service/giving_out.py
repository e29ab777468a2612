"""督查反馈单: frozen when it is fed back; a job makes its PDF and Word."""

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict
from walkthrough_app.documents.papers import VisitFeedback
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification import printing
from walkthrough_app.visits import papers, queries
from walkthrough_app.visits.models import Visit, VisitPaper, VisitState

PRESS = printing.Press("visits.feedback", VisitPaper, papers.content, papers.word)


def give_out(visit: Visit) -> VisitPaper:
    """Freeze what the unit is told and ask for the files, once; of files that were given up they are begun anew."""
    if visit.state is not VisitState.FED_BACK or visit.fed_back_by is None:
        raise Conflict("反馈以后才有反馈单。")
    found = queries.paper_of(visit)
    if found:
        PRESS.again(found)
        return found
    made = VisitPaper(visit_id=visit.id, data=papers.freeze(visit, visit.fed_back_by.unit))
    PRESS.add(made, f"{VisitFeedback.kind}（{visit.unit.name}）")
    return made


def draft(visit: Visit, store: MediaStore, *, by: User) -> bytes:
    """Write as Word, on the spot, what the unit would be told."""
    data = papers.freeze(visit, by.unit)
    return papers.word(data, printing.pictures(data, store), clock.now(), is_draft=True)
