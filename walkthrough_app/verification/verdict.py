"""What a check found: plain findings, one line on top."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

BROKEN_LINES = {
    "file": "这个文件读不出来",
    "signature": "内容被改动过，签名对不上",
    "changes": "签名以后，内容又被改动过",
}
GOOD = "签名完整，内容没有被改动"


class State(StrEnum):
    PROVEN = "proven"
    UNPROVEN = "unproven"
    BROKEN = "broken"

    @property
    def label(self) -> str:
        return {"proven": "能证明", "unproven": "不能证明", "broken": "不符"}[self]


@dataclass(frozen=True)
class Finding:
    """One question about a report and its answer; `key` is for programs, the rest for people."""

    key: str
    state: State
    title: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """All findings about one file, and what the report in it says of itself ('' and 0 when it says nothing)."""

    sha256: str
    size: int
    findings: tuple[Finding, ...]
    title: str = ""
    unit: str = ""
    number: int = 0
    code: str = ""

    def state_of(self, key: str) -> State | None:
        return next((one.state for one in self.findings if one.key == key), None)

    @property
    def broken(self) -> list[Finding]:
        return [one for one in self.findings if one.state is State.BROKEN]

    @property
    def is_intact(self) -> bool:
        """Signed, nothing changed since, nothing contradicts: whoever signed it."""
        signed = {self.state_of("signature"), self.state_of("changes")} == {State.PROVEN}
        return signed and not self.broken

    @property
    def is_vouched_for(self) -> bool:
        """Intact, and it is known who stands for it: a trusted signer, or this server's own register."""
        return self.is_intact and State.PROVEN in {self.state_of("signer"), self.state_of("register")}

    @property
    def state(self) -> State:
        if self.broken:
            return State.BROKEN
        return State.PROVEN if self.is_vouched_for else State.UNPROVEN

    @property
    def headline(self) -> str:
        """Return the one line that says it all."""
        if self.broken:
            keys = {one.key for one in self.broken}
            return next((line for key, line in BROKEN_LINES.items() if key in keys), "内容前后对不上")
        if self.is_vouched_for:
            return GOOD
        if self.is_intact:
            return "签名完整，但不认识签名人，不能证明是谁签的"
        return "不能证明：文件没有数字签名"

    @property
    def reason(self) -> str:
        """Return the sentence that explains why a file does not pass; '' when nothing speaks against it."""
        against = [one for one in self.findings if one.state is State.UNPROVEN and one.key in {"signature", "signer"}]
        return next((one.text for one in (*self.broken, *against)), "")

    def adding(self, more: Iterable[Finding]) -> "Verdict":
        return replace(self, findings=(*self.findings, *more))

    def as_json(self) -> dict[str, Any]:
        judged = {"state": self.state, "headline": self.headline, "is_intact": self.is_intact}
        return judged | asdict(self)


def from_json(data: Mapping[str, Any]) -> Verdict:
    names = ("sha256", "size", "title", "unit", "number", "code")
    findings = tuple(Finding(**{**one, "state": State(one["state"])}) for one in data["findings"])
    return Verdict(findings=findings, **{name: data[name] for name in names})
