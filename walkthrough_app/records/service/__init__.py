"""What can be done with records."""

from walkthrough_app.records.service.pictures import Upload, mask, take_pictures
from walkthrough_app.records.service.problems import Offer, dismiss, offers, take
from walkthrough_app.records.service.writing import change, make, settle, withdraw

__all__ = [
    "Offer",
    "Upload",
    "change",
    "dismiss",
    "make",
    "mask",
    "offers",
    "settle",
    "take",
    "take_pictures",
    "withdraw",
]
