"""What is done with reports: drafting, confirming, handing in and deciding."""

from walkthrough_app.reports.service.adopting import adopt
from walkthrough_app.reports.service.confirming import (
    Frozen,
    Prepared,
    check,
    confirm,
    freeze,
    gaps_of,
    lay_out,
    prepare,
    release_lock,
)
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
from walkthrough_app.reports.service.handing_in import receive, return_, submit, supplement, withdraw

__all__ = [
    "Frozen",
    "Prepared",
    "adopt",
    "check",
    "choose_walks",
    "confirm",
    "draft",
    "explain",
    "freeze",
    "gaps_of",
    "lay_out",
    "must_be_open",
    "prepare",
    "receive",
    "release_lock",
    "restore",
    "return_",
    "rewrite",
    "set_contact",
    "submit",
    "supplement",
    "take_back",
    "withdraw",
]
