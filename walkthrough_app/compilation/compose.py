"""From the data of a compilation to its text: pure, the same for the page, the papers and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from walkthrough_app.compilation import annexes, chapters, sums
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.pen import Chapter, Pen, Text
from walkthrough_app.documents.papers import GroupReport, Words


@dataclass(frozen=True)
class Composed:
    """The paper, and its paragraphs chapter by chapter, for those who rewrite them."""

    paper: GroupReport
    chapters: tuple[Chapter, ...]

    def texts(self) -> Iterator[Text]:
        return (one for chapter in self.chapters for one in chapter.texts)

    def find(self, key: str) -> Text | None:
        return next((one for one in self.texts() if one.key == key), None)


def compose(content: Content) -> Composed:
    """Write a compilation in the outline of domain §6.3."""
    material, campaign = content.material, content.sources[0].campaign
    pen = Pen(content.data["texts"])
    written = chapters.write(content, pen)
    paper = GroupReport(
        issuer=content.data["issuer"],
        addressee=content.data["addressee"],
        campaign=campaign.matter,
        basis=chapters.basis(campaign),
        as_of=material.as_of,
        overview=sums.overview(material),
        practices=written.practices,
        tallies=sums.by_category(material.problems),
        samples=sums.samples(material),
        top=written.top,
        shared_items=(),
        heat=sums.heat(material),
        rectification=sums.rectification(material.problems, material.as_of.isoformat(), content.ledger),
        models=written.models,
        warnings=written.warnings,
        shortcomings=written.shortcomings,
        advice=written.advice,
        contact=content.data["contact"],
        made_on=content.made_on,
        annexes=annexes.write(content),
        words=Words(**written.words),
        realm=content.data["realm"],
    )
    return Composed(paper, tuple(pen.chapters))
