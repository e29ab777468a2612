"""XLSForm, the spreadsheet that other survey programs read: our questionnaires written as one, and theirs taken in."""

from walkthrough_app.authoring.xlsform.book import read_sheets, write_book
from walkthrough_app.authoring.xlsform.foreign import take_in
from walkthrough_app.authoring.xlsform.ours import is_ours, read_back
from walkthrough_app.authoring.xlsform.proof import refusal
from walkthrough_app.authoring.xlsform.writing import sheets_of

__all__ = ["is_ours", "read_back", "read_sheets", "refusal", "sheets_of", "take_in", "write_book"]
