"""The standard reasons for returning a report: data, in `reasons.yaml`."""

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("reasons.yaml")


@cache
def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (what it is about, the reasons), in the order of the file."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple((group["about"], tuple(group["reasons"])) for group in read)


def known() -> list[str]:
    return [reason for _, reasons in groups() for reason in reasons]
