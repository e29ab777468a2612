"""The command line of reports: `walkthrough render` (no server, no database) and `walkthrough export report`."""

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from walkthrough_app.reports.from_package import Made


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个 PDF 文件。")
@click.option("--docx", type=click.Path(path_type=Path), help="写到哪个 Word 文件。")
@click.option("--sheets", type=click.Path(path_type=Path), help="把每次体验的记录表写到哪个 PDF 文件。")
def render(package: Path, output: Path | None, docx: Path | None, sheets: Path | None) -> None:
    """由走流程记录包直接生成专项报告（PDF、Word）和记录表，不用启动服务，也不用数据库。"""
    from walkthrough_app.core.errors import Invalid
    from walkthrough_app.reports import from_package

    wanted = [path for path in (output, docx, sheets) if path]
    if not wanted:
        raise click.UsageError("请用 -o 写明 PDF 文件，或者用 --docx 写明 Word 文件，或者用 --sheets 写明记录表。")
    for path in wanted:
        _check_place(path)
    try:
        made = from_package.render_package(package, pdf=bool(output), docx=bool(docx))
        records = from_package.render_sheets(package) if sheets else None
    except Invalid as error:
        raise click.ClickException(f"{package}：{error.message}") from error
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    _write_all(made, output, docx)
    if sheets and records:
        _write(sheets, [records.pdf])
        click.echo(f"已生成 {sheets}，共{records.pages}页。")
    _tell(made)


def _write_all(made: "Made", output: Path | None, docx: Path | None) -> None:
    if output:
        _write(output, [made.pdf])
        click.echo(f"已生成 {output}，共{made.pages}页。")
    if docx:
        _write(docx, [made.docx])
        click.echo(f"已生成 {docx}。")


def _tell(made: "Made") -> None:
    """Say what the report lacks."""
    if made.left_out:
        click.echo(f"有{made.left_out}张照片没有打码或确认，没有放进报告。", err=True)
    if made.missing_glyphs:
        click.echo(f"这些字没有字体可以显示：{''.join(made.missing_glyphs)}", err=True)
    if made.unexplained:
        click.echo(f"没有记录问题，也没有写明原因：{'、'.join(made.unexplained)}。", err=True)


@click.group()
def export() -> None:
    """导出。"""


@export.command()
@click.argument("report_id", type=click.UUID)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写到哪个 ZIP 文件。")
def report(report_id: uuid.UUID, output: Path) -> None:
    """导出一份专项报告的报送包：PDF、数据和打过码的照片。"""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from walkthrough_app.config import from_env
    from walkthrough_app.core import db
    from walkthrough_app.media.storage import open_store
    from walkthrough_app.reports import bundle, queries

    settings = from_env()
    db.connect(settings.database_url)
    try:
        with db.transaction():
            found = queries.report_of(report_id)
            _write(output, bundle.pack(found, found.current, open_store(settings)))
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("数据库打不开或还没有建好，请先运行 walkthrough db upgrade。") from error
    click.echo(f"已导出 {output}。")


def _check_place(path: Path) -> None:
    """Say at once that a file cannot be written there, before the work is done."""
    if path.is_dir():
        raise click.ClickException(f"{path}：这是文件夹，请写明文件名。")
    if not path.absolute().parent.is_dir():
        raise click.ClickException(f"{path}：没有文件夹 {path.parent}，写不进去。")


def _write(path: Path, content: Iterable[bytes]) -> None:
    """Write a file whole or not at all; one clear line when it cannot be written."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with part.open("wb") as file:
            file.writelines(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise click.ClickException(f"{path}：写不进去（{error.strerror}）。") from error
