"""The command line: `walkthrough import units FILE` and `walkthrough import items FILE`."""

from pathlib import Path

import click

from walkthrough_app.imports.columns import Kind


@click.command("units")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--skip-bad", is_flag=True, help="有问题的行不导入，其余的照常导入。")
def units(file: Path, *, skip_bad: bool) -> None:
    """从 xlsx 或 csv 导入单位和人员；有一行有问题就都不导入。"""
    _run(Kind.UNITS, file, skip_bad=skip_bad)


@click.command("items")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--skip-bad", is_flag=True, help="有问题的行不导入，其余的照常导入。")
def items(file: Path, *, skip_bad: bool) -> None:
    """从 xlsx 或 csv 导入事项；有一行有问题就都不导入。"""
    _run(Kind.ITEMS, file, skip_bad=skip_bad)


def _run(kind: Kind, file: Path, *, skip_bad: bool) -> None:
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from walkthrough_app.config import from_env
    from walkthrough_app.core import db

    if not file.is_file():
        raise click.ClickException(f"{file}：没有这个文件。")
    db.connect(from_env().database_url)
    try:
        with db.transaction():
            _import(kind, file, skip_bad=skip_bad)
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("数据库打不开或还没有建好，请先运行 walkthrough db upgrade。") from error


def _import(kind: Kind, file: Path, *, skip_bad: bool) -> None:
    from walkthrough_app.core.errors import Invalid
    from walkthrough_app.imports import reading, service
    from walkthrough_app.imports.verdicts import Fate

    try:
        rows = reading.read(file.read_bytes(), file.name, kind)
    except Invalid as error:
        raise click.ClickException(f"{file}：{error.message}") from error
    found = service.review(kind, rows, by=None)
    for verdict in found.bad:
        for problem in verdict.problems:
            click.echo(f"第{verdict.number}行 {problem.column}：{problem.text}".replace(" ：", "："), err=True)
    if found.bad and not skip_bad:
        raise click.ClickException(f"{len(found.bad)}行有问题，什么也没有导入。")
    service.apply(kind, found, by=None)
    counts = {fate: len(found.of(fate)) for fate in Fate}
    click.echo(
        f"新增{counts[Fate.NEW]}，更新{counts[Fate.CHANGED]}，没有变化{counts[Fate.SAME]}，跳过{counts[Fate.BAD]}。"
    )
