"""Which of the files that arrived go into one compilation: each report once, its newest version, one campaign."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from walkthrough_app.compilation import material
from walkthrough_app.compilation.facts import Campaign
from walkthrough_app.compilation.reader import Answer
from walkthrough_app.documents import phrases


@dataclass(frozen=True)
class Refused:
    """A file that stays out: one sentence, without its name."""

    path: Path
    sentence: str


def sort(answers: Sequence[Answer]) -> tuple[list[Answer], list[Refused]]:
    """Return what is compiled and what is refused, both in the order of the files."""
    refused: dict[int, str] = {n: one.refusal for n, one in enumerate(answers) if one.source is None}
    for rule in (_duplicates, _other_campaigns, _older):
        refused |= dict(rule([(n, one) for n, one in enumerate(answers) if n not in refused]))
    kept = [one for n, one in enumerate(answers) if n not in refused]
    return kept, [Refused(answers[n].path, sentence) for n, sentence in sorted(refused.items())]


Numbered = Sequence[tuple[int, Answer]]


def _duplicates(answers: Numbered) -> Iterator[tuple[int, str]]:
    """The same file, or the same version of the same report under two names."""
    seen: dict[tuple[str, ...], Answer] = {}
    for n, one in answers:
        assert one.source
        code = one.source.code or one.source.pdf_sha256
        first = seen.setdefault((code, str(one.source.number), one.source.unit_key), one)
        if first is not one:
            yield n, f"与 {shown(first.path)} 是同一份报告，只汇总一次。"


def _other_campaigns(answers: Numbered) -> Iterator[tuple[int, str]]:
    """What belongs to another campaign than most: another matter, or a time that lies wholly apart."""
    if not answers:
        return
    most = _main([one.source.campaign for _, one in answers if one.source])
    for n, one in answers:
        assert one.source
        if not _is_same(one.source.campaign, most):
            other = one.source.campaign
            yield (
                n,
                f"属于另一次活动（{other.matter}，{_days(other)}），不能与{most.matter}（{_days(most)}）汇总在一起。",
            )


def _main(campaigns: Sequence[Campaign]) -> Campaign:
    counts = Counter((one.matter, one.opens_on, one.report_due) for one in campaigns)
    wanted = max(counts, key=lambda key: sum(_is_same(one, _of(key, campaigns)) for one in campaigns))
    return _of(wanted, campaigns)


def _of(key: tuple[str, str, str], campaigns: Iterable[Campaign]) -> Campaign:
    return next(one for one in campaigns if (one.matter, one.opens_on, one.report_due) == key)


def _is_same(one: Campaign, other: Campaign) -> bool:
    """A county's own campaign has dates of its own, but within the same weeks and under the same name."""
    overlaps = one.opens_on <= other.report_due and other.opens_on <= one.report_due
    return one.matter == other.matter and overlaps


def _days(campaign: Campaign) -> str:
    first, last = (date.fromisoformat(day) for day in (campaign.opens_on, campaign.report_due))
    return phrases.date_range(first, last, year=True)


def _older(answers: Numbered) -> Iterator[tuple[int, str]]:
    places = {id(one.source): (n, one) for n, one in answers}
    _, left = material.newest([one.source for _, one in answers if one.source])
    for older, newer in left:
        n, _ = places[id(older)]
        _, other = places[id(newer)]
        yield n, f"是旧的版本（V{older.number}），已经有 {shown(other.path)}（V{newer.number}）。"


def shown(path: Path) -> str:
    """Write a file's name so that nothing in it can act on a terminal or break a line."""
    return "".join(char if char.isprintable() else "?" for char in path.name)
