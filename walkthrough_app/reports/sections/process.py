"""二、体验过程和感受: each walk in words with its time ribbon, or all of them in a table when there are many."""

from collections.abc import Iterator
from fractions import Fraction

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Column, Heading, Paragraph, Section, Table, fit
from walkthrough_app.reports.journey import Journey, average
from walkthrough_app.reports.material import MEAN, SPREAD, Material
from walkthrough_app.reports.rounding import tenths
from walkthrough_app.reports.sections import telling
from walkthrough_app.walkthroughs import respondents

COLUMNS = (
    Column("事项", 0, is_text=True),
    Column("办理", 4),
    Column("等候", 4),
    Column("合计", 4),
    Column("取号", 2),
    Column("窗口", 2),
    Column("材料列明／实际", 4),
    Column("问明白", 3),
    Column("办明白", 3),
)


def write(material: Material) -> Section:
    blocks = _in_tables(material) if material.is_long else _in_words(material)
    return Section("体验过程和感受", (*_summary(material), *blocks, *_people(material)))


def _people(material: Material) -> Iterator[Table]:
    """Yield a table of what each person asked in a walk has said."""
    for journey in material.journeys:
        record = journey.record
        for step in respondents.steps(record):
            rows = [(one.name, one.said) for one in respondents.of_step(record, step)]
            if rows:
                columns = (Column("谁", fit([name for name, _ in rows], 4, 8)), Column("回答", is_text=True))
                yield material.pen.table(f"{journey.item}{step.title}记录", columns, rows)


def _summary(material: Material) -> Iterator[Paragraph]:
    if len(material.journeys) > 1:
        yield material.pen.write("process.summary", _averages(material))


def _averages(material: Material) -> str:
    """Say how long a walk took on average, and how clear it was."""
    timed = [journey for journey in material.journeys if journey.minutes]
    parts = []
    if timed:
        parts.append(f"{len(timed)}次体验平均用时{_mean(timed)}")
    for question, words in telling.RATINGS.items():
        scores = [score for journey in material.journeys if isinstance(score := journey.value(question), int)]
        if scores:
            parts.append(f"{words}平均{tenths(Fraction(sum(scores), len(scores)))}分")
    return "；".join(parts) + ("（满分5分）。" if len(parts) > 1 or not timed else "。") if parts else ""


def _mean(timed: list[Journey]) -> str:
    """Write the average as its figure draws it, so that the words, the share and the picture agree."""
    segments = average(timed)
    total = sum(segment.minutes for segment in segments)
    waited = sum(segment.minutes for segment in segments if segment.kind == "wait")
    share = f"，其中等候{phrases.minutes(waited)}，占{phrases.percent(waited, total)}" if waited else ""
    return phrases.minutes(total) + share


def _in_words(material: Material) -> Iterator[Block]:
    for n, journey in enumerate(material.journeys, 1):
        if len(material.journeys) > 1:
            yield Heading(f"（{phrases.numeral(n)}）{journey.item}")
        yield material.pen.write(f"walk.{journey.id}.process", telling.process(journey, material.made_on))
        if journey.id in material.figures:
            yield material.figures[journey.id]
        if telling.is_rated(journey):
            told = telling.ratings(journey) + telling.companion(journey)
            yield material.pen.write(f"walk.{journey.id}.rating", told)
        yield material.pen.write(f"walk.{journey.id}.feeling", journey.record.state.feeling.strip())


def _in_tables(material: Material) -> Iterator[Block]:
    if MEAN in material.figures:
        yield material.figures[MEAN]
    if SPREAD in material.diagrams:
        yield material.diagrams[SPREAD]
    yield _table(material)
    waiting = [f"{journey.item}（{telling.accepted_on(journey)}受理）" for journey in material.awaiting]
    if waiting:
        text = f"已受理、待结果的事项{len(waiting)}个：{phrases.listed(waiting)}，拿到结果后另行补报。"
        yield material.pen.write("process.awaiting", text)
    for journey in material.journeys:
        text = journey.record.state.feeling.strip() or telling.companion(journey)
        yield material.pen.write(f"walk.{journey.id}.feeling", text, lead=f"{journey.item}：" if text else "")


def _table(material: Material) -> Table:
    rows = [_row(journey) for journey in material.journeys]
    if any(journey.record.paper.find(key) for journey in material.journeys for key in telling.RATINGS):
        return material.pen.table("各事项办理用时和评分", COLUMNS, rows)
    scores = len(telling.RATINGS)
    return material.pen.table("各事项办理用时", COLUMNS[:-scores], [row[:-scores] for row in rows])


def _row(journey: Journey) -> tuple[str, ...]:
    scores = [f"{score}分" if isinstance(score := journey.value(key), int) else "—" for key in telling.RATINGS]
    return (
        journey.item,
        phrases.minutes(journey.minutes - journey.waited),
        phrases.minutes(journey.waited),
        phrases.minutes(journey.minutes),
        f"{len(journey.record.state.queue)}次",
        f"{journey.windows}个" if journey.windows else "—",
        _materials(journey),
        *scores,
    )


def _materials(journey: Journey) -> str:
    """Write materials listed and really needed for a narrow column."""
    listed, real = len(journey.record.item["materials"]), journey.meant("materials")
    return f"{listed}／{real}份" if isinstance(real, int) else f"{listed}份／—"
