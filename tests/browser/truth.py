"""What may never happen: something the phone called safe is lost, changed or doubled."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

from tests.browser.server import Server

EVIDENCE = {"photo", "clip"}


class Promises:
    """Everything that phones said to have kept, event by event: id and hash."""

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}

    def add(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            known = self.hashes.setdefault(event["id"], event["hash"])
            assert known == event["hash"], f"the phone changed {event['kind']} {event['id']}"

    def keep(self, server: Server, walk: str) -> list[dict[str, Any]]:
        """Assert that the server has it all, once and unchanged; return the server's events."""
        events = server.events(walk)
        by_id = {event["id"]: event["hash"] for event in events}
        lost = [name for name in self.hashes if name not in by_id]
        assert not lost, f"{len(lost)} of {len(self.hashes)} events never arrived"
        changed = [name for name, known in self.hashes.items() if by_id[name] != known]
        assert not changed, f"{len(changed)} events arrived changed"
        check_chains(events)
        check_evidence(server, events)
        return events


def check_chains(events: list[dict[str, Any]]) -> None:
    """Each phone's events count 1, 2, 3 … and name the one before."""
    devices = defaultdict(list)
    for event in sorted(events, key=lambda one: one["seq"]):
        devices[event["device"]].append(event)
    for device, chain in devices.items():
        numbers = [event["seq"] for event in chain]
        assert numbers == list(range(1, len(chain) + 1)), f"{device} counts {numbers}"
        for before, after in pairwise(chain):
            assert after["prev"] == before["hash"], f"{device} breaks its chain at {after['seq']}"


def check_evidence(server: Server, events: list[dict[str, Any]]) -> None:
    """Each photo and clip is settled once, and the file is what the phone sealed."""
    evidence = {event["id"] for event in events if event["kind"] in EVIDENCE and "media" not in event["payload"]}
    sealed = {e["payload"]["evidence"]: e["payload"]["sha256"] for e in events if e["kind"] == "sealed"}
    settled = Counter(e["payload"]["evidence"] for e in events if e["kind"] in {"kept", "refused"})
    assert set(settled) == evidence, "every file is settled"
    assert set(settled.values()) <= {1}, "and none twice"
    for event in events:
        if event["kind"] == "kept":
            kept = event["payload"]
            assert kept["sent"] == sealed[kept["evidence"]], "the server kept what was sealed"
            assert server.holds(kept["media"]), "its clean copy is in the store"
