"""Reading a chart with a ruler: where its words and its shapes stand, in mm."""

from itertools import combinations
from xml.etree import ElementTree as ET

from walkthrough_app.documents.svg import TYPE, length

SVG = "{http://www.w3.org/2000/svg}"
ENDS = {"start": 0.0, "middle": 0.5, "end": 1.0}
INK = 0.8 * TYPE  # how high a line of type is


class Drawing:
    """A chart taken apart."""

    def __init__(self, chart):
        self.chart = chart
        self.root = ET.fromstring(chart.svg)
        self.width, self.height = (float(self.root.get(name).removesuffix("mm")) for name in ("width", "height"))

    @property
    def words(self):
        return [one.text for one in self.root.iter(f"{SVG}text")]

    def rects(self, fill=None):
        return [one for one in self.root.iter(f"{SVG}rect") if fill in {None, one.get("fill")}]

    def dots(self):
        return [(float(one.get("cx")), float(one.get("cy"))) for one in self.root.iter(f"{SVG}circle")]

    def boxes(self):
        """Return text, left, right, top and bottom of everything written."""
        for one in self.root.iter(f"{SVG}text"):
            wide = length(one.text)
            left = float(one.get("x")) - wide * ENDS[one.get("text-anchor")]
            foot = float(one.get("y"))
            yield one.text, left, left + wide, foot - INK, foot

    def first(self, words):
        """Return the middle of the first place where this is written."""
        return next((left + right) / 2 for text, left, right, *_ in self.boxes() if text == words)

    def check(self):
        """Everything written is inside, large enough and touches nothing else that is written."""
        assert float(self.root.get("font-size")) >= 3
        assert self.root.get("viewBox") == f"0 0 {self.width:g} {self.height:.6g}"
        places = list(self.boxes())
        for text, left, right, top, bottom in places:
            assert left >= -0.1, text
            assert right <= self.width + 0.1, text
            assert top >= -0.1, text
            assert bottom <= self.height, text
        for a, b in combinations(places, 2):
            assert a[2] <= b[1] or b[2] <= a[1] or a[4] <= b[3] or b[4] <= a[3], (a, b)
        assert self.root.find(f"{SVG}title").text == self.chart.alt


def number(shape, name):
    return float(shape.get(name))
