"""The report that an engine is given: made before, and read without what made it: starting costs what it must."""

import json
import pickle
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from walkthrough_app.documents import charts
from walkthrough_app.reports.composed import Composed

SIZE = (1240, 930)  # of a photo
GENERATED = datetime(2018, 7, 16, tzinfo=UTC)
UNIT = "示例市第{:03}局"


@dataclass
class Content:
    """A report: its data, its text, and its pictures as files by their hash."""

    data: dict[str, Any]
    composed: Composed
    pictures: dict[str, Path]


def save(content: Content, folder: Path) -> None:
    (folder / "report.pickle").write_bytes(pickle.dumps(content))
    (folder / "report.json").write_text(json.dumps(content.data, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> Content:
    content: Content = pickle.loads((folder / "report.pickle").read_bytes())
    return content


def chart_of(figure: Any) -> charts.Chart:
    return charts.ribbon(figure.bars[0].segments)
