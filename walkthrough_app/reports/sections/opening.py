"""The opening: on whose order, when, who walked what and how."""

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Paragraph
from walkthrough_app.reports.journey import MODES, modes_of
from walkthrough_app.reports.material import Material


def write(material: Material) -> tuple[Paragraph, ...]:
    generated = _supplement(material) if material.is_supplement else _special(material)
    return (material.pen.write("opening", generated),)


def _special(material: Material) -> str:
    return (
        f"按照{_basis(material)}要求，{_period(material)}，{material.we}{who(material)}采取{_modes(material)}方式，"
        f"对{len(material.items)}个事项进行了{_how(material)}体验。现将有关情况报告如下："
    )


def _supplement(material: Material) -> str:
    return (
        f"{material.we}关于{material.matter}情况的专项报告报送后，又有{len(material.items)}个事项的体验有了新的情况。"
        f"按照{_basis(material)}要求，现补充报告如下："
    )


def _basis(material: Material) -> str:
    campaign = material.data["campaign"]
    if not campaign["basis_title"]:
        return str(campaign["title"])
    number = f"（{campaign['basis_number']}）" if campaign["basis_number"] else ""
    return f"《{campaign['basis_title']}》{number}"


def _period(material: Material) -> str:
    starts, ends = zip(*(journey.days for journey in material.journeys), strict=True)
    return phrases.date_range(min(starts), max(ends), year=min(starts).year != material.made_on.year)


def who(material: Material) -> str:
    """Say who walked, by post: the head, the deputies, or both."""
    roles = {journey.record.walker["role"] for journey in material.journeys}
    return {
        frozenset({"head"}): material.head,
        frozenset({"deputy"}): "分管领导",
    }.get(frozenset(roles), f"{material.head}和分管领导")


def _modes(material: Material) -> str:
    used = modes_of(material.journeys)
    return phrases.listed(used) + ("等" if used == list(MODES.values()) else "")


def _how(material: Material) -> str:
    if all(journey.is_simulated for journey in material.journeys):
        return "模拟"
    return "全程" if all(journey.status == "是" for journey in material.journeys) else ""
