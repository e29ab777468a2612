"""What pyxform, the reference reader of XLSForm, says of a form: the only importer of pyxform. No network, no Java."""

from typing import Any

from walkthrough_app.authoring.xlsform.book import NUMBER, Sheets

STANDARD = ("survey", "choices", "settings", "external_choices")


def refusal(sheets: Sheets) -> str:
    """Return why pyxform refuses a form, in its own words; '' when it opens."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert({name: [_bare(row) for row in sheets[name]] for name in STANDARD if name in sheets}, validate=False)
    except PyXFormError as error:
        return " ".join(str(error).split())[:300]
    except Exception as error:  # noqa: BLE001 - a form that makes its reader fall over does not open
        return type(error).__name__
    return ""


def _bare(row: Any) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name != NUMBER and cell}
