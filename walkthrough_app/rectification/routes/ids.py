"""The id of a form, by which it counts once."""

import uuid

from walkthrough_app.core.errors import NotFound
from walkthrough_app.rectification.papers.forms import EntryForm


def form_id(form: EntryForm) -> uuid.UUID:
    """Read the id that went with a form; NotFound for what is none."""
    try:
        return uuid.UUID(form.entry.data or "")
    except ValueError as error:
        raise NotFound from error
