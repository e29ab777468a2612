"""Reading for the desk. Loading is authorising: strangers get NotFound, onlookers Forbidden."""

from walkthrough_app.reception.queries.arrivals import Arrival, arrivals_of
from walkthrough_app.reception.queries.reports import (
    parent_of,
    report_to_decide,
    submitted_versions,
    version_to_review,
)
from walkthrough_app.reception.queries.threads import thread_for, threads_of
from walkthrough_app.reception.queries.trail import Deed, deeds_of
from walkthrough_app.reception.queries.worklist import PAGE, campaigns_of, counts, page
from walkthrough_app.reports.queries import report_for, version_for

__all__ = [
    "PAGE",
    "Arrival",
    "Deed",
    "arrivals_of",
    "campaigns_of",
    "counts",
    "deeds_of",
    "page",
    "parent_of",
    "report_for",
    "report_to_decide",
    "submitted_versions",
    "thread_for",
    "threads_of",
    "version_for",
    "version_to_review",
]
