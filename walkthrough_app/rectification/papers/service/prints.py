"""The files of a paper: frozen with all that has happened to it, laid out and signed by a job, then never changed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db, ids
from walkthrough_app.core.errors import Conflict, NotFound
from walkthrough_app.documents import papers
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.papers import contents, queries, readers, rights, word
from walkthrough_app.rectification.papers.life import Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperEntry, PaperPrint, Part

KIND = "rectification.paper"
PREVIEW = "rectification.preview"
FORMAT = "walkthrough-paper/1"
LARGEST = 64 * 1024 * 1024  # bytes
GONE = "这份预览已经清理了，请回到文书再点一次预览。"
Sign = Callable[[bytes], bytes]
Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class Made:
    """What was made of a print, by then stored."""

    pdf: str
    pages: int
    docx: str


def freeze(paper: OfficialPaper) -> dict[str, Any]:
    """Return all that a paper says at this moment, in plain JSON; a draft leaves room for its number."""
    today = clock.today()
    issued_on = clock.to_local(paper.issued_at).date() if paper.issued_at else today
    year = paper.year or today.year
    return {
        "format": FORMAT,
        "kind": paper.kind.value,
        "code": paper.code or "（草稿，签发时编号）",
        "issue": paper.number,
        "head_number": f"通报〔{year}〕{paper.number or '　'}号",
        "unit": paper.unit.name if paper.unit else "",
        "co_units": [one.name for one in paper.units_of(Part.CO)],
        "scope": readers.told(paper),
        "issued_on": issued_on.isoformat(),
        "content": paper.data,
        "life": _life(paper),
    }


def _life(paper: OfficialPaper) -> dict[str, Any]:
    last = {one.verb: one for one in paper.entries}
    found: dict[str, Any] = {}
    if Verb.SIGN in last:
        found["received"] = _who(last[Verb.SIGN])
    if Verb.REPLY in last:
        found["reply"] = _reply(last[Verb.REPLY], last.get(Verb.CONFIRM))
    decided = max((last[verb] for verb in (Verb.APPROVE, Verb.SEND_BACK) if verb in last), key=_seq, default=None)
    if decided:
        verdict = "closed" if decided.verb is Verb.APPROVE else "redo"
        found["review"] = {**_who(decided), "verdict": verdict, "reason": decided.text}
    found["urges"] = [{**one.data, "answer": one.text} for one in paper.entries if one.verb is Verb.URGE]
    found["extensions"] = _extensions(paper)
    return found


def _seq(entry: PaperEntry) -> int:
    return entry.seq


def _who(entry: PaperEntry) -> dict[str, str]:
    return {"post": entry.post, "at": clock.iso(entry.at)}


def _reply(reply: PaperEntry, confirmed: PaperEntry | None) -> dict[str, Any]:
    result = "\n".join(one for one in (reply.data["result"], reply.data["evidence"]) if one)
    is_newer = confirmed is not None and confirmed.seq > reply.seq
    return {"done": reply.text, "result": result, "confirmed": _who(confirmed) if confirmed and is_newer else None}


def _extensions(paper: OfficialPaper) -> list[dict[str, str]]:
    """Return the extensions that were granted to its findings since it was issued."""
    if paper.issued_at is None:
        return []
    granted = [
        one
        for finding in paper.findings
        for one in ledger.extensions_of(finding)
        if one.is_granted and one.decided_at and one.decided_at >= paper.issued_at
    ]
    return [
        {
            "asked_on": clock.to_local(one.created_at).date().isoformat(),
            "reason": one.reason,
            "new_due_on": one.new_due_on.isoformat(),
            "approved_by": paper.office.name,
        }
        for one in granted
    ]


def add(paper: OfficialPaper) -> PaperPrint:
    """Freeze a paper as it is now and ask for its files, in the transaction of the deed."""
    db.session.flush()
    db.session.expire(paper, ["entries", "prints"])
    made = PaperPrint(paper=paper, edition=len(paper.prints) + 1, data=freeze(paper), at=clock.now())
    db.session.add(made)
    db.session.flush()
    jobs.add(KIND, str(made.id), {"print": str(made.id)}, title=paper.name)
    return made


def ask_again(made: PaperPrint, *, by: User) -> None:
    """Begin anew with files that could not be made; those that are there stay."""
    if not rights.is_author(by, made.paper) or made.pdf_sha256:
        return
    job = job_of(made)
    if job and not job.is_open:
        jobs.retry(job)


def job_of(made: PaperPrint) -> jobs.Job | None:
    return jobs.find(KIND, str(made.id))


def make(frozen: Frozen, at: datetime, store: MediaStore, sign: Sign, tell: jobs.Tell) -> Made:
    """Make and store PDF and Word of a frozen paper; needs no database. Conflict says why that cannot be done."""
    found = pictures(frozen, store)
    tell(10, "正在排版")
    try:
        laid_out = lay_out(frozen, found, at)
        tell(60, "正在签名")
        pdf = sign(laid_out.pdf)
    except RuntimeError as error:
        raise Conflict(str(error)) from error
    tell(80, "正在生成Word")
    docx = word.write(contents.of(frozen), frozen, found, at)
    return Made(store.put(pdf, limit=LARGEST), laid_out.pages, store.put(docx, limit=LARGEST))


def lay_out(frozen: Frozen, found: Mapping[str, Path], at: datetime) -> papers.Rendered:
    try:
        return papers.render(contents.of(frozen), files=found, generated=at)
    except LookupError as error:
        raise Conflict("有一张照片读不出来，请联系管理员。") from error


def pictures(frozen: Frozen, store: MediaStore) -> dict[str, Path]:
    """Find the pictures that a paper shows."""
    wanted = {sha for one in frozen["content"].get("pictures", ()) for sha in (one["then"], one["now"]) if sha}
    try:
        return {sha256: store.path(sha256) for sha256 in wanted}
    except MissingError as error:
        raise Conflict("有一张照片已经不在了，请联系管理员。") from error


def put_down(made: PaperPrint, files: Made) -> None:
    """Write down what was made, once."""
    if made.pdf_sha256:
        return
    made.pdf_sha256, made.pages, made.docx_sha256 = files.pdf, files.pages, files.docx
    db.session.flush()
    audit.record("paper.printed", made.paper, by=None, edition=made.edition, sha256=files.pdf)


def docx_of_draft(paper: OfficialPaper, store: MediaStore) -> bytes:
    """Write the draft as Word, on the spot."""
    frozen = freeze(paper)
    return word.write(contents.of(frozen), frozen, pictures(frozen, store), clock.now(), is_draft=True)


def ask_preview(paper: OfficialPaper, store: MediaStore) -> str:
    """Ask for the PDF of a draft; the same text has one preview. Return its name: a hash."""
    frozen = freeze(paper)
    name = ids.digest(frozen)
    args = {"data": frozen, "at": clock.iso(clock.now())}
    job = jobs.add(PREVIEW, f"{paper.id}.{name}", args, title=f"{paper.kind.label}预览")
    if not (job.is_open or _file(job, store)):
        jobs.retry(job)
    return name


def preview_job(paper: OfficialPaper, name: str) -> jobs.Job:
    job = jobs.find(PREVIEW, f"{paper.id}.{name}")
    if job is None:
        raise NotFound(GONE)
    return job


def preview_pdf(paper: OfficialPaper, name: str, store: MediaStore) -> Path:
    found = _file(preview_job(paper, name), store)
    if found is None:
        raise NotFound(GONE)
    return found


def _file(job: jobs.Job, store: MediaStore) -> Path | None:
    try:
        return store.path(job.result["sha256"]) if job.result else None
    except MissingError:
        return None


def print_for(user: User, paper_id: uuid.UUID, edition: int) -> PaperPrint:
    """Load one edition of a paper that the user may see."""
    paper = queries.paper_for(user, paper_id)
    found = next((one for one in paper.prints if one.edition == edition), None)
    if found is None:
        raise NotFound
    return found
