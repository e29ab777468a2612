"""The form of an export: which file, and the filters of its list."""

from collections.abc import Mapping, Sequence

from wtforms import Field, HiddenField, RadioField, SelectField

from walkthrough_app.core.forms import BaseForm, options, text
from walkthrough_app.exports.filters import LONGEST, NAMES, Choices
from walkthrough_app.exports.models import FileKind
from walkthrough_app.exports.registry import Listing


class ExportForm(BaseForm):
    """See export_form: the filters of a list are added to it."""

    list = HiddenField()
    kind = RadioField("文件", choices=options((one.value, one.label) for one in FileKind), default=FileKind.XLSX.value)

    @property
    def filters(self) -> Sequence[Field]:
        return [field for field in self if field.short_name in NAMES]

    def given(self) -> dict[str, str]:
        return {field.short_name: field.data for field in self.filters if field.data}


def export_form(listing: Listing, choices: Choices, given: Mapping[str, str] | None = None) -> ExportForm:
    """Make the form of a list, filled in with `given` when it is not posted; the service judges the values."""

    class Filled(ExportForm):
        pass

    for name in listing.filters:
        field = text(NAMES[name], limit=LONGEST) if name == "text" else _select(name, choices)
        setattr(Filled, name, field)
    return Filled(data={"list": listing.key, "kind": FileKind.XLSX.value, **(given or {})})


def _select(name: str, choices: Choices) -> SelectField:
    return SelectField(NAMES[name], choices=options([("", "全部"), *choices.of(name)]), validate_choice=False)
