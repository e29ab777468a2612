"""The form that chooses whom to print an invitation for."""

import uuid
from collections.abc import Iterable

from wtforms import HiddenField, SelectMultipleField

from walkthrough_app.accounts.models import User
from walkthrough_app.core import ids
from walkthrough_app.core.forms import BaseForm


class InvitationsForm(BaseForm):
    """`sheet` is the page's own id: the same page sent twice makes one sheet."""

    people = SelectMultipleField("邀请谁", validate_choice=False)
    sheet = HiddenField()

    def offer(self, people: Iterable[User]) -> "InvitationsForm":
        """Tick who has not signed in yet."""
        self.people.data = [str(one.id) for one in people if not one.has_signed_in]
        self.sheet.data = str(uuid.uuid4())
        return self

    @property
    def ids(self) -> list[uuid.UUID]:
        """Return the people chosen, each once; what is no id is passed over."""
        return list(dict.fromkeys(found for text in self.people.data or () if (found := ids.parse(text))))

    @property
    def sheet_id(self) -> uuid.UUID | None:
        return ids.parse(self.sheet.data or "")
