"""The other papers of the groups: what stands in them, and how they are laid out. Knows nothing of the database.

`render` takes one of the contents below; what is not there yet (a receipt, a reply) is left blank to be filled in.
"""

from walkthrough_app.documents.papers.assignment import AssignedProblem, AssignmentLetter
from walkthrough_app.documents.papers.brief import PracticeBrief
from walkthrough_app.documents.papers.bulletin import Bulletin, Inspection, ProblemClass
from walkthrough_app.documents.papers.closing_report import Chapter, ClosingPaper
from walkthrough_app.documents.papers.group_report import (
    AnnexTable,
    Column,
    GroupReport,
    Overview,
    Practice,
    Rectification,
    TopProblem,
    Words,
)
from walkthrough_app.documents.papers.head import Contact, LetterHead
from walkthrough_app.documents.papers.notice import (
    Extension,
    Reply,
    Review,
    Signed,
    SupervisedProblem,
    SupervisionNotice,
    Urge,
)
from walkthrough_app.documents.papers.paper import Paper, render, to_html
from walkthrough_app.documents.papers.rating_feedback import Rated, RatedGroup, RatedProblem, RatingFeedback
from walkthrough_app.documents.papers.recheck import PicturePair, RecheckRecord, ThenNow
from walkthrough_app.documents.papers.visit_feedback import MeasureScore, VisitedProblem, VisitFeedback
from walkthrough_app.documents.pdf import Rendered

__all__ = [
    "AnnexTable",
    "AssignedProblem",
    "AssignmentLetter",
    "Bulletin",
    "Chapter",
    "ClosingPaper",
    "Column",
    "Contact",
    "Extension",
    "GroupReport",
    "Inspection",
    "LetterHead",
    "MeasureScore",
    "Overview",
    "Paper",
    "PicturePair",
    "Practice",
    "PracticeBrief",
    "ProblemClass",
    "Rated",
    "RatedGroup",
    "RatedProblem",
    "RatingFeedback",
    "RecheckRecord",
    "Rectification",
    "Rendered",
    "Reply",
    "Review",
    "Signed",
    "SupervisedProblem",
    "SupervisionNotice",
    "ThenNow",
    "TopProblem",
    "Urge",
    "VisitFeedback",
    "VisitedProblem",
    "Words",
    "render",
    "to_html",
]
