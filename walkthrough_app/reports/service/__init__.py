"""What is done with reports: drafting, confirming, handing in and deciding."""

from walkthrough_app.reports.service import papers, previews
from walkthrough_app.reports.service.adopting import adopt
from walkthrough_app.reports.service.confirming import check, confirm, gaps_of
from walkthrough_app.reports.service.deciding import compile_, receive, return_
from walkthrough_app.reports.service.drafting import (
    choose_walks,
    draft,
    explain,
    must_be_open,
    restore,
    rewrite,
    set_contact,
    take_back,
)
from walkthrough_app.reports.service.handing_in import submit, supplement, withdraw

__all__ = [
    "adopt",
    "check",
    "choose_walks",
    "compile_",
    "confirm",
    "draft",
    "explain",
    "gaps_of",
    "must_be_open",
    "papers",
    "previews",
    "receive",
    "restore",
    "return_",
    "rewrite",
    "set_contact",
    "submit",
    "supplement",
    "take_back",
    "withdraw",
]
