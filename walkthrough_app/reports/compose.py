"""From a report's data to its composed text: pure, the same for the editor, the paper and the command line."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.material import Material, Pen
from walkthrough_app.reports.sections import advice, annexes, basics, faults, measures, opening, outlook, process

SECTIONS = (basics, process, faults, measures, advice, outlook)


def compose(data: Mapping[str, Any]) -> Composed:
    """Compose the special report of `walkthrough-report/1` data, with the outline of domain §6.1."""
    return write(read(data))


def read(data: Mapping[str, Any]) -> Material:
    """Read the data once, for those who need more than the text."""
    return Material(data, Pen(data["texts"]))


def write(material: Material) -> Composed:
    """Write the report of a material; once only, for its tables are counted as they are written."""
    data = material.data
    return Composed(
        issuer=data["unit"]["name"],
        matter=f"关于{material.matter}情况的{'补充' if material.is_supplement else '专项'}报告",
        addressee=data["receiver"],
        opening=opening.write(material),
        sections=tuple(section.write(material) for section in SECTIONS),
        annexes=annexes.write(material),
        made_on=phrases.full_date(material.made_on),
        contact=data["contact"].strip(),
        left_out=material.pictures.left_out,
        code=data.get("code", ""),
        verify_url=data.get("verify_url", ""),
    )
