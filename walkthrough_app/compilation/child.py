"""The child's side: checks one file after another, named on stdin, and answers each with one line of JSON.

It sets its own limits; when a file kills it, the parent begins another one with the next file.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from walkthrough_app.compilation import digest
from walkthrough_app.documents import inside
from walkthrough_app.verification import check, contents, seals
from walkthrough_app.verification.contents import MALFORMED
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.seals import Trust
from walkthrough_app.verification.verdict import State, Verdict

MIB = 1024 * 1024
LIMITS = {resource.RLIMIT_AS: 3072 * MIB, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
NO_DATA = contents.NONE
FIRST = ("file", "signature", "changes")
UNSOUND = "里面的报告数据对不上，不能汇总。"
UNNUMBERED = "里面的报告没有定稿，不能汇总。"


def main() -> None:
    """Answer `{data_dir, trusted, is_strict}`, the only argument, and then every path on stdin."""
    order = json.loads(sys.argv[1])
    for kind, most in LIMITS.items():
        allowed = resource.getrlimit(kind)[1]
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (least, least))
    inside.limit()
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    trust = seals.trust_of(Path(order["data_dir"]), Path(order["trusted"]) if order["trusted"] else None)
    for line in sys.stdin:
        answer.write(json.dumps(_answer(json.loads(line), trust, is_strict=order["is_strict"])) + "\n")
        answer.flush()


def _answer(name: str, trust: Trust, *, is_strict: bool) -> dict[str, Any]:
    try:
        with Path(os.fsdecode(name.encode("utf-8", "surrogateescape"))).open("rb") as file:
            return _judge(file, trust, is_strict=is_strict)
    except OSError as error:
        return {"refusal": f"读不出来（{error.strerror or error}）。"}


def _judge(file: BinaryIO, trust: Trust, *, is_strict: bool) -> dict[str, Any]:
    """Return `{source, is_known}` or `{refusal}`: one sentence."""
    verdict = check.check(file, trust, relayout=Relayout.NEVER)
    if not (verdict.is_vouched_for if is_strict else verdict.is_intact):
        return {"refusal": _reason(verdict)}
    try:
        with inside.opened(file) as paper:
            data = contents.read(paper)
            if data is None:
                return {"refusal": NO_DATA}
            if not data.get("number"):
                return {"refusal": UNNUMBERED}
            source = digest.of_data(data, pdf_sha256=verdict.sha256, pages=len(paper.pdf.pages))
    except (inside.UnreadableError, contents.BadDataError) as error:
        return {"refusal": str(error)}
    except MALFORMED:
        return {"refusal": UNSOUND}
    return {"source": source.as_json(), "is_known": verdict.state_of("signer") is State.PROVEN}


def _reason(verdict: Verdict) -> str:
    """Return the sentence that helps most: a broken signature says more than the data that it no longer fits."""
    broken = {one.key: one.text for one in reversed(verdict.broken)}
    first = next((broken[key] for key in FIRST if key in broken), "")
    no_data = next((one.text for one in verdict.findings if one.text == NO_DATA), "")
    return first or (verdict.reason if broken else no_data or verdict.reason) or UNSOUND


if __name__ == "__main__":
    main()
