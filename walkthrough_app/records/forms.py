"""Forms of records: what stands beside the questions, which the questionnaire reads itself (sheet.py)."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, cast

from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from walkthrough_app.accounts.models import Unit
from walkthrough_app.core import ids
from walkthrough_app.core.forms import DeedForm, long_text, options, tidy
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.records.queries import STATES, Filters

REASON = 500  # characters
SEARCHED = 60


class SheetForm(DeedForm):
    """A sheet of questions; `seen` is the revision of the record that the page showed."""

    seen = HiddenField()
    unit = SelectField("关于哪个单位", validators=[Optional()], validate_choice=False)

    @property
    def revision(self) -> int:
        """Return the revision that was seen; one that no record has when the field holds none."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def offer(self, units: Sequence[Unit], own: Unit, *, of_all: bool) -> None:
        """Offer the units that a desk may write about; its own stands for what is about no unit."""
        general = [(str(own.id), "全部单位")] if of_all else []
        self.unit.choices = options([*general, *((str(one.id), one.name) for one in units)], ask=not of_all)


class WithdrawForm(DeedForm):
    reason = long_text("为什么撤销", limit=REASON, needed="请写明为什么撤销。")


def uploads_in(files: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, BinaryIO]:
    """Return the pictures really chosen, by the question they answer."""
    chosen = {one.id: files.get(f"q-{one.id}") for one in questions if one.type == "photo"}
    return {key: cast("BinaryIO", file.stream) for key, file in chosen.items() if file and file.filename}


def filters_of(args: Mapping[str, str]) -> Filters:
    """Read the filters of a list from an address; what nobody knows narrows nothing."""
    state = args.get("state", "")
    text = (tidy(args.get("text")) or "")[:SEARCHED]
    return Filters(state if state in STATES else "", ids.parse(args.get("unit")), text.replace("\x00", ""))
