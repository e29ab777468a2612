"""The charts of papers and pages: drawn by hand, the same on the web and on paper, each with the sentence that says it.

Widths are in mm, so that type keeps its size: draw a chart as wide as it is shown.
"""

from walkthrough_app.documents.charts.chart import Chart
from walkthrough_app.documents.charts.distribution import Sample, distribution
from walkthrough_app.documents.charts.heat import Heat, heat
from walkthrough_app.documents.charts.pareto import Tally, pareto
from walkthrough_app.documents.charts.ribbon import NOTHING, describe, legend, ribbon
from walkthrough_app.documents.charts.ribbon_layout import Segment

__all__ = [
    "NOTHING",
    "Chart",
    "Heat",
    "Sample",
    "Segment",
    "Tally",
    "describe",
    "distribution",
    "heat",
    "legend",
    "pareto",
    "ribbon",
]
