"""To whom a published paper goes, in words and on the form."""

from walkthrough_app.accounts.models import COUNTY_CLASS_LABELS, OrgClass, Unit
from walkthrough_app.rectification.papers import rights
from walkthrough_app.rectification.papers.models import OfficialPaper, Part

CLASSES = (OrgClass.CITY_DEPT, OrgClass.COUNTY, OrgClass.PARTY_DEPT, OrgClass.MASS_ORG)


def choices(office: Unit) -> list[tuple[str, str]]:
    """Return what the office may choose from: (value, words)."""
    is_city = office.parent_id is None
    classes = [(one.value, one.label if is_city else COUNTY_CLASS_LABELS[one]) for one in CLASSES]
    return [(rights.EVERYBODY, "全市" if is_city else "全县"), *classes, (rights.CHOSEN, "只发给勾选的单位")]


def told(paper: OfficialPaper) -> str:
    """Say it as the paper does, '' for papers that go to one unit."""
    if not paper.scope:
        return ""
    if paper.scope == rights.CHOSEN:
        return f"此件发至{'、'.join(one.name for one in paper.units_of(Part.READER))}"
    words = dict(choices(paper.office))[paper.scope]
    return f"此件发至{words}各单位" if paper.scope == rights.EVERYBODY else f"此件发至各{words}"
