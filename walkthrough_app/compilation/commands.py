"""The command line: `walkthrough compile REPORT.pdf… -o OUT.pdf`; needs no server and no database."""

import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walkthrough_app import config

if TYPE_CHECKING:
    from walkthrough_app.compilation.content import Content
    from walkthrough_app.compilation.intake import Refused
    from walkthrough_app.compilation.reader import Answer

FILE = click.Path(path_type=Path)


@click.command(name="compile")
@click.argument("reports", type=FILE, nargs=-1, required=True)
@click.option("-o", "--output", type=FILE, required=True, help="汇总报告写到哪个 PDF 文件。")
@click.option("--xlsx", type=FILE, help="汇总表和台账写到哪个 xlsx 文件。")
@click.option("--docx", type=FILE, help="汇总报告写到哪个 Word 文件。")
@click.option("--binder", type=FILE, help="把收进来的报告装订成一个 PDF，写到哪个文件。")
@click.option("--issuer", default="", help="由谁汇总；不写就按报告的主送单位。")
@click.option("--trusted", is_flag=True, help="签名人也要认识才收。")
def compile_(  # noqa: PLR0913 - one option each
    reports: tuple[Path, ...],
    output: Path,
    xlsx: Path | None,
    docx: Path | None,
    binder: Path | None,
    *,
    issuer: str,
    trusted: bool,
) -> None:
    """把收到的专项报告（PDF）汇总成一份汇总报告，不用启动服务，也不用数据库。

    改动过的、没有签名的、读不出来的报告写明文件名并退回，其余的照常汇总。
    """
    from walkthrough_app.compilation import intake

    wanted = {place: write for place, write in ((output, _pdf), (xlsx, _xlsx), (docx, _docx)) if place}
    _check_places([*wanted, *([binder] if binder else [])], reports)
    kept, refused = intake.sort(_read(reports, is_strict=trusted))
    if kept:
        content = _content(kept, issuer)
        for place, write in wanted.items():
            _written(place, partial(write, content))
        if binder:
            refused += _bound(kept, content, binder)
        _tell(kept, content, [*wanted, *([binder] if binder and binder.exists() else [])])
    _refuse(refused, is_empty=not kept)


def _read(reports: Sequence[Path], *, is_strict: bool) -> "list[Answer]":
    from walkthrough_app.compilation import reader

    roots = config.signing().trusted
    answers = reader.read(reports, data_dir=config.data_folder(), trusted=roots, is_strict=is_strict)
    with click.progressbar(
        length=len(reports), label="核对报告", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        found = []
        for one in answers:
            found.append(one)
            bar.update(1)
    return found


def _content(kept: "Sequence[Answer]", issuer: str) -> "Content":
    from walkthrough_app.compilation import content
    from walkthrough_app.core import clock

    sources = [one.source for one in kept if one.source]
    receivers = {one.receiver for one in sources}
    leading = sources[0].campaign.basis_issuer
    by = issuer.strip() or (receivers.pop() if len(receivers) == 1 else leading)
    scope = content.Scope(by, content.addressee_of(leading), content.realm_of(leading))
    part = content.gathered(sources, as_of=clock.today(), due=None, numbers={}, proposals={})
    return content.content(part, scope, made_on=clock.today(), is_reviewed=False)


def _pdf(content: "Content", target: Path) -> None:
    from walkthrough_app.compilation import papers

    target.write_bytes(papers.pdf(content, generated=_day(content)).pdf)


def _docx(content: "Content", target: Path) -> None:
    from walkthrough_app.compilation import papers

    target.write_bytes(papers.docx(content, generated=_day(content)))


def _xlsx(content: "Content", target: Path) -> None:
    from walkthrough_app.compilation import papers

    papers.xlsx(content, target)


def _day(content: "Content") -> datetime:
    return datetime.combine(content.made_on, time.min, UTC)


def _bound(kept: "Sequence[Answer]", content: "Content", target: Path) -> "list[Refused]":
    """Bind the files in the order of the report; one that cannot be bound is left out and named."""
    from walkthrough_app.compilation import binder
    from walkthrough_app.compilation.compose import compose
    from walkthrough_app.compilation.intake import Refused

    paper, refused = compose(content).paper, []
    by_sha = {one.source.pdf_sha256: one.path for one in kept if one.source}
    ordered = [one for reporter in content.material.reporters for one in reporter.sources]
    parts = [binder.Bound(by_sha[one.pdf_sha256], one.name, one.pages) for one in ordered]
    while parts:
        try:
            with _part_of(target) as part:
                binder.bind(parts, part, title=paper.title_lines, issuer=paper.issuer, made_on=content.made_on)
            break
        except binder.CannotBind as error:
            refused.append(Refused(error.path, f"不能装订：{error.reason}。"))
            parts = [one for one in parts if one.path != error.path]
    return refused


def _written(place: Path, write: Callable[[Path], None]) -> None:
    with _part_of(place) as part:
        write(part)


@contextmanager
def _part_of(place: Path) -> Iterator[Path]:
    """Let a file be written beside its place and put there whole, or not at all."""
    part = place.with_name(f".{uuid.uuid4().hex[:12]}.part")
    try:
        yield part
        part.replace(place)
    except OSError as error:
        raise click.ClickException(f"{place}：写不进去（{error.strerror}）。") from error
    finally:
        part.unlink(missing_ok=True)


def _check_places(places: Iterable[Path], reports: Sequence[Path]) -> None:
    """Say at once that a file cannot be written there, before the work is done."""
    inputs = {path.absolute() for path in reports}
    seen: set[Path] = set()
    for place in places:
        if place.is_dir():
            raise click.ClickException(f"{place}：这是文件夹，请写明文件名。")
        if not place.absolute().parent.is_dir():
            raise click.ClickException(f"{place}：没有文件夹 {place.parent}，写不进去。")
        if place.absolute() in inputs | seen:
            raise click.ClickException(f"{place}：会盖掉另一个文件，请换一个名字。")
        seen.add(place.absolute())


def _tell(kept: "Sequence[Answer]", content: "Content", places: Sequence[Path]) -> None:
    material = content.material
    unknown = sum(not one.is_known for one in kept)
    click.echo(f"汇总了{len(kept)}份报告，{len(material.units)}个单位，{len(material.problems)}个问题。")
    if unknown:
        click.echo(f"其中{unknown}份的签名完整，但不认识签名人；要只收认识的，请加 --trusted。")
    for place in places:
        click.echo(f"已生成 {place}。")


def _refuse(refused: "Sequence[Refused]", *, is_empty: bool) -> None:
    from walkthrough_app.compilation.intake import shown

    for one in refused:
        click.echo(f"{shown(one.path)}：{one.sentence}", err=True)
    if is_empty:
        click.echo("没有一份报告可以汇总，什么也没有生成。", err=True)
    if refused:
        sys.exit(1)
