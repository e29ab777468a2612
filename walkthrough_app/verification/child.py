"""The child's side: sets its own limits, checks the file at stdin, answers with the verdict on stdout."""

import json
import os
import resource
import signal
import sys
from pathlib import Path

from walkthrough_app.documents import inside
from walkthrough_app.verification import check, seals
from walkthrough_app.verification.order import Relayout

MIB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 3072 * MIB,
    resource.RLIMIT_CPU: 50,
    resource.RLIMIT_FSIZE: 256 * MIB,
    resource.RLIMIT_CORE: 0,
}
WALL_SECONDS = 60


def main() -> None:
    """Carry out the order in the only argument: `{data_dir, trusted, relayout}`."""
    order = json.loads(sys.argv[1])
    for kind, most in LIMITS.items():
        allowed = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most, most) if allowed == resource.RLIM_INFINITY else (min(most, allowed), allowed))
    signal.alarm(WALL_SECONDS)
    inside.limit()
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answer
    trusted = Path(order["trusted"]) if order["trusted"] else None
    trust = seals.trust_of(Path(order["data_dir"]), trusted)
    with open(0, "rb", closefd=False) as file, answer:
        verdict = check.check(file, trust, relayout=Relayout(order["relayout"]))
        json.dump(verdict.as_json(), answer, ensure_ascii=False)


if __name__ == "__main__":
    main()
