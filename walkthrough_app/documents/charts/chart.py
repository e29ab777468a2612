"""What every chart is: a drawing and its words."""

import base64
from dataclasses import dataclass

from walkthrough_app.documents import svg
from walkthrough_app.documents.svg import RISE, Ink

HEIGHT = 9.0  # of a chart that has nothing to show


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing that stands alone, and the sentence that says the same."""

    svg: str
    alt: str

    def data_uri(self) -> str:
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


def finished(body: str, width: float, height: float, words: str) -> Chart:
    """Put the shapes of a chart on their sheet, with the sentence that says the same."""
    alt = svg.printable(words)
    return Chart(svg.frame(body, width, height, alt), alt)


def nothing(words: str, width: float, ink: Ink) -> Chart:
    """Draw the empty frame that says why there is no chart."""
    body = svg.rect(0, 0, width, HEIGHT, ink.quiet) + svg.text(words, width / 2, HEIGHT / 2 + RISE, ink.text, "middle")
    return finished(body, width, HEIGHT, words)
