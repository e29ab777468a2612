"""What an edited Word file changes in a report: all differences are told, whole paragraphs can be taken over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents.word import keys, reading
from walkthrough_app.documents.word.reading import Block, Manuscript
from walkthrough_app.reports import word
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Paragraph
from walkthrough_app.reports.differences import Part, marked
from walkthrough_app.reports.service.drafting import LONGEST_TEXT

MOST = 100  # changes looked at in one go: as many as a form carries
FOREIGN = "这不是从这份报告下载的Word，请在这份报告的页面重新下载，再改、再上传。"


@dataclass(frozen=True)
class Change:
    """One rewritten paragraph. `lead` stays as it is; `problem` says why the new text cannot be taken over.

    `is_stale`: the text was also changed here since the file was downloaded. `notes` tell what is left out.
    """

    key: str
    lead: str
    old: str
    new: str
    is_stale: bool = False
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_ticked(self) -> bool:
        return not (self.is_stale or self.problem)

    @property
    def parts(self) -> tuple[list[Part], list[Part]]:
        """Return old and new text in parts, those that differ marked."""
        return marked(self.old, self.new)


@dataclass(frozen=True)
class Changes:
    """What a file changes: paragraphs to take over, and what is only told because it cannot be.

    `missing` are paragraphs that were deleted or emptied, `added` lines that the report does not have, `lost` lines of
    its fixed parts (headings, tables, captions) that the file no longer has; `more` counts changes past MOST.
    """

    changed: tuple[Change, ...]
    missing: tuple[Paragraph, ...]
    added: tuple[str, ...]
    lost: tuple[str, ...]
    is_moved: bool = False
    more: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.changed or self.missing or self.added or self.lost or self.is_moved)


def read(file: BinaryIO, report_id: str) -> Manuscript:
    """Read a file that was downloaded from this report; Invalid when it was not, or cannot be read."""
    manuscript = reading.read(file)
    if not report_id or manuscript.properties.get(word.REPORT) != report_id:
        raise Invalid("word", FOREIGN)
    return manuscript


def made_on(manuscript: Manuscript, otherwise: date) -> date:
    """Return the day of the report in the file, so that another day is not taken for a change."""
    try:
        return date.fromisoformat(manuscript.properties.get(word.MADE_ON, ""))
    except ValueError:
        return otherwise


def compare(manuscript: Manuscript, data: Mapping[str, Any]) -> Changes:
    """Set the file beside the report as it stands in `data`."""
    known = {one.key: one for one in compose(data).paragraphs() if one.lines}
    shorts = {keys.short(key): key for key in known}
    found: dict[str, Block] = {}
    spare: list[Block] = []
    for block in manuscript.blocks:
        key = block.key if block.key in known else shorts.get(block.short, "")
        if key and key not in found:
            found[key] = block
        else:
            spare.append(block)
    changed = [change for key, block in found.items() if (change := _change(known[key], block))]
    fixed = Counter(reading.read(BytesIO(word.outline(data))).lines)
    lines = Counter([*manuscript.lines, *(block.text for block in spare if block.text)])
    order = [key for key in known if key in found]
    return Changes(
        changed=tuple(changed[:MOST]),
        missing=tuple(one for key, one in known.items() if key not in found or not found[key].text),
        added=tuple((lines - fixed).elements()),
        lost=tuple((fixed - lines).elements()),
        is_moved=order != list(found),
        more=max(0, len(changed) - MOST),
    )


def _change(paragraph: Paragraph, block: Block) -> Change | None:
    """Return what changed in a paragraph, None when nothing did or nothing is left of it."""
    lead, old = keys.normal(paragraph.lead), keys.normal(paragraph.text)
    new, notes = _new(block, lead)
    is_written = block.digest == keys.digest(paragraph.key, new)
    if not block.text or (not notes and (new == old or is_written)):
        return None
    is_stale = block.digest is not None and block.digest != keys.digest(paragraph.key, old)
    return Change(paragraph.key, lead, old, new, is_stale and new != old, _problem(new, old), tuple(notes))


def _new(block: Block, lead: str) -> tuple[str, list[str]]:
    """Part the text from its bold beginning, which comes from the walk and stays."""
    notes = ["这一段里的图片、表格、注释不会采用"] if block.has_objects else []
    if block.text.startswith(lead):
        return keys.normal(block.text[len(lead) :]), notes
    told = f"段首“{lead}”来自走流程记录，在这里改不了"
    return (block.rest if block.lead else block.text), [*notes, told]


def _problem(new: str, old: str) -> str:
    if new == old:
        return "文字没有变，没有可以采用的。"
    if not new:
        return "清空的段落不能采用，报告里保留原来的文字。"
    return f"有{len(new)}个字，最多{LONGEST_TEXT}个字，请缩短后再上传。" if len(new) > LONGEST_TEXT else ""


def again(posted: Sequence[tuple[str, str]], data: Mapping[str, Any]) -> Changes:
    """Make the list of changes anew from what the form carried, to show it once more with a refusal."""
    known = {one.key: one for one in compose(data).paragraphs()}
    return Changes(tuple(_posted(posted[:MOST], known)), (), (), ())


def _posted(posted: Sequence[tuple[str, str]], known: Mapping[str, Paragraph]) -> Iterator[Change]:
    for key, text in posted:
        if key in known:
            old, new = keys.normal(known[key].text), keys.normal(text)
            yield Change(key, keys.normal(known[key].lead), old, new, problem=_problem(new, old))
