"""What was changed in a paper after it was signed, in words: pages, attachments, properties, signatures."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from walkthrough_app.documents.inside import Paper

ELSEWHERE = frozenset({"/Parent", "/P", "/Annots", "/Dest", "/A", "/B", "/StructParent", "/StructParents"})
MOST = 200_000  # objects looked at for one page
SHOWN = 5

Id = tuple[int, int]


def changes(then: Paper, now: Paper) -> list[str]:
    """Name what differs between the paper as signed and as it is; [] when nothing that is shown or carried does."""
    before, after = _prints(then), _prints(now)
    changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    found = [*_pages(then, now, changed), *_attachments(then, now), *_properties(now, changed)]
    if len(now.signatures()) > len(then.signatures()):
        found.append("又加了签名")
    return found or (["文件的内部结构"] if changed else [])


def is_only_signed(then: Paper, now: Paper) -> bool:
    """Tell whether nothing was done to a paper but signing it: one signature that is not seen."""
    before, after = _prints(then), _prints(now)
    allowed = {_id(now.pdf.Root), *(_id(page.obj) for page in now.pdf.pages)}
    touched = {one for one in before if before[one] != after.get(one)}
    added = (one for page in now.pdf.pages for one in page.obj.get("/Annots", []) if _is_new(one, before))
    is_same = _bare_pages(then) == _bare_pages(now) and _bare(then.pdf.Root) == _bare(now.pdf.Root)
    return touched <= allowed and is_same and all(map(_is_unseen, added))


def _bare_pages(paper: Paper) -> list[tuple[Id, dict[str, bytes]]]:
    return [(_id(page.obj), _bare(page.obj)) for page in paper.pdf.pages]


def _bare(one: Any) -> dict[str, bytes]:
    """Return what a catalogue or a page says, without what signing adds to it."""
    return {key: _print(one[key]) for key in one.keys() if key not in {"/AcroForm", "/Extensions", "/Annots"}}  # noqa: SIM118 - not a dict


def _is_new(annotation: Any, before: dict[Id, bytes]) -> bool:
    return not annotation.is_indirect or _id(annotation) not in before


def _is_unseen(annotation: Any) -> bool:
    box = [float(one) for one in annotation.get("/Rect", [])]
    has_no_size = len(box) == 4 and box[0] == box[2] and box[1] == box[3]
    return annotation.get("/Subtype") == "/Widget" and has_no_size and "/AP" not in annotation


def _pages(then: Paper, now: Paper, changed: set[Id]) -> Iterator[str]:
    before = {_id(page.obj): page.obj for page in then.pdf.pages}
    pages = [page.obj for page in now.pdf.pages]
    new = [n for n, page in enumerate(pages, 1) if _id(page) not in before]
    if new:
        yield f"加进或换掉了第{_numbers(new)}页"
    lost = before.keys() - {_id(page) for page in pages}
    if lost:
        yield f"少了{len(lost)}页"
    written = [n for n, page in enumerate(pages, 1) if n not in new and _is_rewritten(before[_id(page)], page, changed)]
    if written:
        yield f"第{_numbers(written)}页的内容"
    noted = [
        n for n, page in enumerate(pages, 1) if n not in {*new, *written} and _notes(before[_id(page)]) != _notes(page)
    ]
    if noted:
        yield f"第{_numbers(noted)}页上的批注或签名栏"


def _numbers(pages: list[int]) -> str:
    shown = "、".join(map(str, pages[:SHOWN]))
    return f"{shown}等{len(pages)}个" if len(pages) > SHOWN else shown


def _is_rewritten(before: Any, page: Any, changed: set[Id]) -> bool:
    def plain(one: Any) -> dict[str, bytes]:
        return {key: _print(one[key]) for key in one.keys() if key not in ELSEWHERE}  # noqa: SIM118 - not a dict

    return plain(before) != plain(page) or bool(_reached(page) & (changed - {_id(page)}))


def _notes(page: Any) -> bytes:
    notes = page.get("/Annots")
    return b"" if notes is None else b"".join(_print(one, resolved=True) for one in notes)


def _reached(page: Any) -> set[Id]:
    """Return the ids of everything a page is drawn with."""
    seen: set[Id] = set()
    waiting, steps = [page], 0
    while waiting and steps < MOST:
        one, steps = waiting.pop(), steps + 1
        if one.is_indirect:
            if _id(one) in seen:
                continue
            seen.add(_id(one))
        waiting += _parts(one)
    return seen


def _parts(one: Any) -> list[Any]:
    if isinstance(one, pikepdf.Array):
        return [part for part in one if isinstance(part, pikepdf.Object)]
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return [one[key] for key in one.keys() if key not in ELSEWHERE and isinstance(one[key], pikepdf.Object)]  # noqa: SIM118
    return []


def _attachments(then: Paper, now: Paper) -> Iterator[str]:
    for name in sorted({*then.attachment_names(), *now.attachment_names()}):
        if then.attachments(name) != now.attachments(name):
            yield f"附件{name}"


def _properties(now: Paper, changed: set[Id]) -> Iterator[str]:
    for holder, key in ((now.pdf.Root, "/Metadata"), (now.pdf.trailer, "/Info")):
        one = holder.get(key)
        if one is not None and one.is_indirect and _id(one) in changed:
            yield "文档属性（标题、作者等）"
            return


def _prints(paper: Paper) -> dict[Id, bytes]:
    """Return a hash of every object by its id; what only holds the file together is left out."""
    kept = (one for one in paper.objects if not _is_frame(one))
    return {_id(one): _print(one, resolved=True) for one in kept}


def _is_frame(one: Any) -> bool:
    return isinstance(one, pikepdf.Stream) and one.get("/Type") in {"/XRef", "/ObjStm"}


def _print(one: Any, *, resolved: bool = False) -> bytes:
    if not isinstance(one, pikepdf.Object):
        return repr(one).encode()
    if isinstance(one, pikepdf.Stream) and resolved:
        return hashlib.sha256(one.stream_dict.unparse() + hashlib.sha256(one.read_raw_bytes()).digest()).digest()
    return hashlib.sha256(one.unparse(resolved=resolved)).digest()


def _id(one: Any) -> Id:
    number, generation = one.objgen
    return int(number), int(generation)
