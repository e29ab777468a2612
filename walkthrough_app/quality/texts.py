"""Texts compared: what stands in them of the app's own words is taken out, the rest is marked so that alike ones meet.

Marks are MinHash bands: of the text's runs of three letters eight minima are taken and joined two by two, so
texts that share nearly all their letters in order share at least one of four numbers, and an index finds them.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator

from rapidfuzz import fuzz

from walkthrough_app.questionnaires.document import Document
from walkthrough_app.walkthroughs.record import WalkRecord

LEAST = 10  # letters; what is shorter is alike by chance
SHINGLE, BANDS, ROWS = 3, 4, 2
PRIME = (1 << 61) - 1
SEEDS = [(0x9E3779B97F4A7C15 * (2 * n + 1) % PRIME, 0xC2B2AE3D27D4EB4F * (n + 7) % PRIME) for n in range(BANDS * ROWS)]
_standard: dict[tuple[str, int], re.Pattern[str]] = {}
MARKS = ("mark_a", "mark_b", "mark_c", "mark_d")


def plain(text: str) -> str:
    """Keep only letters and figures, in one width and case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def own_texts(record: WalkRecord) -> dict[str, str]:
    """Return all that was written freely, plain and without the app's own sentences, by its place."""
    document = record.document
    kept = {place: plain(without_standard(text, document)) for place, text in written(record).items()}
    return {place: text for place, text in kept.items() if len(text) >= LEAST}


def written(record: WalkRecord) -> dict[str, str]:
    """Return every text of a walk as it was typed, by its place: fact:<finding>, feeling, note:<question> …"""
    return dict(_written(record))


def _written(record: WalkRecord) -> Iterator[tuple[str, str]]:
    state = record.state
    for key, finding in state.findings.items():
        measure = finding["measure"] or {}
        yield f"title:{key}", finding["title"]
        yield f"fact:{key}", finding.get("fact") or ""
        yield f"measure:{key}", f"{measure.get('measure') or ''}{measure.get('steps') or ''}"
    yield "feeling", state.feeling
    yield "reason", state.no_finding_reason
    for question, answer in state.answers.items():
        yield f"note:{question}", answer["note"]
        if isinstance(answer["value"], str):
            yield f"answer:{question}", answer["value"]


def without_standard(text: str, document: Document) -> str:
    """Take out the titles and reasons that the questionnaire itself proposes."""
    key = (document.id, document.version)
    if key not in _standard:
        _standard[key] = _pattern(document)
    return _standard[key].sub("", text)


def _pattern(document: Document) -> re.Pattern[str]:
    rules = [rule for question in document.all_questions() for rule in question.suggest]
    said = {words for rule in rules for words in (rule.title, rule.reason, rule.reason_at_zero) if words}
    longest = sorted(said, key=len, reverse=True)
    any_figure = [re.sub(r"\\\{\w+\\\}", "[^，。；]{0,12}", re.escape(words)) for words in longest]
    return re.compile("|".join(any_figure) or "$^")


def marks(text: str) -> dict[str, int]:
    """Return the marks of a plain text by the name of their column (63 bits, so that every database holds them)."""
    shingles = {zlib.crc32(text[n : n + SHINGLE].encode()) for n in range(max(1, len(text) - SHINGLE + 1))}
    lowest = [min((a * one + b) % PRIME for one in shingles) for a, b in SEEDS]
    bands = [(lowest[ROWS * n] * 31 + lowest[ROWS * n + 1] + n) % PRIME for n in range(BANDS)]
    return dict(zip(MARKS, bands, strict=True))


def alike(one: str, other: str) -> float:
    """Return how alike two plain texts are, 0…100."""
    return float(fuzz.ratio(one, other))
