"""The results as a spreadsheet."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.documents.workbook import Column, Sheet, write_xlsx
from walkthrough_app.documents.workbook.model import Cell
from walkthrough_app.ratings.results import Figures, Line

PER_CENT, TENTH = "0.0%", "0.0"
SMALL = "份数太少，不显示"


def xlsx(campaign: Campaign, figures: Figures) -> bytes:
    """Return the board as a workbook: sample size and interval beside every score."""
    out = BytesIO()
    write_xlsx(out, [_sheet(campaign, figures)], title=figures.asked.form.title)
    return out.getvalue()


def _sheet(campaign: Campaign, figures: Figures) -> Sheet:
    rate = rate_name(figures)
    head = [Column("单位", 28), Column("收到"), Column("另放"), Column("计分份数"), Column("平均分", 10, TENTH)]
    head += [Column("平均分下限", 12, TENTH), Column("平均分上限", 12, TENTH), Column("等次")]
    head += [Column(rate, 10, PER_CENT), Column(f"{rate}下限", 12, PER_CENT), Column(f"{rate}上限", 12, PER_CENT)]
    head += [Column(name, 14, TENTH) for question in figures.questions for name in _titles(question.text)]
    note = (
        f"{campaign.title} · {figures.asked.form.title}；区间为95%置信区间；少于{figures.smallest}份的不显示；"
        "同一来源一天评得太多的另放，不计入分数。"
    )
    rows = [_row(figures, line, line.key.name) for line in figures.lines]
    return Sheet("评议结果", head, [*rows, _row(figures, figures.total, "合计")], note=note)


def _titles(text: str) -> tuple[str, str, str, str]:
    return f"{text} 份数", f"{text} 平均分", f"{text} 下限", f"{text} 上限"


def rate_name(figures: Figures) -> str:
    return "满意率" if figures.asked.form.kind == "evaluation" else "好评率"


def _row(figures: Figures, line: Line, name: str) -> Sequence[Cell]:
    return [name, *_ratings(line), *_whole(figures, line), *_questions(line)]


def _ratings(line: Line) -> Iterator[Cell]:
    yield from (SMALL, None) if line.is_small else (line.given, line.aside)


def _whole(figures: Figures, line: Line) -> Iterator[Cell]:
    score = line.score
    if score is None:
        yield from (None,) * 8
        return
    yield from (score.n, score.mean, score.low, score.high, figures.band(score))
    yield from (score.share, score.share_low, score.share_high)


def _questions(line: Line) -> Iterator[Cell]:
    for score in line.questions:
        yield from (score.n, score.mean, score.low, score.high) if score else (None,) * 4
