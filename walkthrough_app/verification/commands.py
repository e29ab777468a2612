"""The command line: `walkthrough verify REPORT.pdf` (no server, no database) and `walkthrough signing make | show`."""

import json
import sys
from pathlib import Path

import click

from walkthrough_app import config
from walkthrough_app.verification.verdict import State, Verdict

MARKS = {State.PROVEN: "✓", State.UNPROVEN: "？", State.BROKEN: "✗"}


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="结果写成 JSON，给程序用。")
@click.option("--trusted", is_flag=True, help="签名人也要认识才算通过。")
def verify(report: Path, *, is_json: bool, trusted: bool) -> None:
    """核对一份报告：签名是否完整、内容是否被改动。不用服务器，也不用数据库。"""
    from walkthrough_app.verification.isolated import check
    from walkthrough_app.verification.order import Relayout

    if report.is_dir():
        raise click.ClickException(f"{report}：这是文件夹，请给出报告（.pdf 文件）。")
    if not report.exists():
        raise click.ClickException(f"{report}：没有这个文件。")
    roots = config.signing().trusted
    with report.open("rb") as file:
        verdict = check(file, data_dir=config.data_folder(), trusted=roots, relayout=Relayout.ALWAYS)
    click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=1) if is_json else _told(report, verdict))
    if not (verdict.is_vouched_for if trusted else verdict.is_intact):
        click.echo(f"{report}：{verdict.reason}", err=True)
        sys.exit(1)


def _told(report: Path, verdict: Verdict) -> str:
    lines = [f"{MARKS[one.state]} {one.title}：{one.text}" for one in verdict.findings]
    return "\n".join([f"{verdict.headline}。", "", *lines, "", f"{report.name}　SHA-256 {verdict.sha256}"])


@click.group()
def signing() -> None:
    """签名用的证书。"""


@signing.command()
@click.option("--again", is_flag=True, help="换一张新的；用旧证书签的报告仍然认得。")
def make(*, again: bool) -> None:
    """做一张自制证书，供试用；没有单位证书时系统也会自动做。"""
    from walkthrough_app.documents import self_made
    from walkthrough_app.documents.signing import FOLDER

    folder = config.from_env().data_dir / FOLDER
    if (folder / self_made.FILE).exists() and not again:
        raise click.ClickException(f"已经有自制证书了（{folder}）。要换新的，请加 --again。")
    self_made.replace(folder)
    _show()


@signing.command()
def show() -> None:
    """看现在用哪张证书签名。"""
    _show()


def _show() -> None:
    from cryptography.hazmat.primitives import hashes

    from walkthrough_app.core import clock
    from walkthrough_app.documents.signing import SigningError, name_of, signer_from

    try:
        found = signer_from(config.from_env())
    except SigningError as error:
        raise click.ClickException(str(error)) from error
    ends = clock.to_local(found.certificate.not_valid_after_utc)
    click.echo(f"证书：{name_of(found.certificate)}")
    click.echo(f"有效期到：{ends:%Y-%m-%d}")
    click.echo(f"指纹 SHA-256：{found.certificate.fingerprint(hashes.SHA256()).hex(':').upper()}")
    if found.is_self_made:
        click.echo("自制证书只供试用；正式使用请设置 WALKTHROUGH_SIGN_P12，见 docs/signing.md。")
