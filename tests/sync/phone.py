"""A phone as the server sees it: it counts and chains its events, cuts files into slices, and repeats itself."""

import hashlib
import json
import uuid
from typing import Any

from flask.testing import FlaskClient

from walkthrough_app.core import clock
from walkthrough_app.media import limits
from walkthrough_app.walkthroughs import snapshot

Json = dict[str, Any]


class Phone:
    """Sends with a token only; it is signed in nowhere."""

    def __init__(self, client: FlaskClient, walk: uuid.UUID, token: str, device: str = "phone-1") -> None:
        self.client, self.walk, self.token, self.device = client, str(walk), token, device
        self.seq, self.prev = 0, None
        self.url = f"/api/walks/{walk}"

    def event(self, kind: str, step: str | None = None, **payload: Any) -> Json:
        """Make an event, not sent yet."""
        self.seq += 1
        at = clock.iso(clock.now())
        event = {"id": str(uuid.uuid4()), "walk": self.walk, "device": self.device, "seq": self.seq, "kind": kind}
        event |= {
            "step": step,
            "payload": payload,
            "at": at,
            "mono": 1000 * self.seq,
            "boot": "boot",
            "prev": self.prev,
        }
        self.prev = snapshot.event_hash(event)
        return event

    def put(self, path: str, **options: Any) -> Any:
        return self.client.put(f"{self.url}/{path}", headers={"Authorization": f"Bearer {self.token}"}, **options)

    def send(self, *events: Any) -> Json:
        """Send events that must be answered well; return the answer."""
        answer = self.put("events", data=json.dumps({"events": events, "now": clock.iso(clock.now())}).encode())
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == "application/json"
        return answer.get_json()

    def photo(self, **payload: Any) -> str:
        """Send the event of a photo; return its id."""
        event = self.event("photo", "queue", type="image/jpeg", **payload)
        assert self.send(event)["accepted"] == [event["id"]]
        return event["id"]

    def clip(self, sort: str, raw: bytes) -> str:
        event = self.event("clip", "queue", sort=sort, type="video/mp4", size=len(raw))
        assert self.send(event)["accepted"] == [event["id"]]
        return event["id"]

    def slice(self, part: bytes) -> Any:
        return self.put(f"slices/{sha(part)}", data=part)

    def finish_file(self, evidence: str, raw: bytes, **lies: Any) -> Any:
        """Ask for the file to be put together from its slices."""
        order = {"event": evidence, "size": len(raw), "type": "image/jpeg", "slices": [sha(one) for one in cut(raw)]}
        return self.put(f"media/{sha(raw)}", json={**order, **lies})

    def upload(self, evidence: str, raw: bytes) -> Json:
        """Send a whole file; return the server's event about it."""
        for part in cut(raw):
            answer = self.slice(part)
            assert answer.get_json() == {"sha256": sha(part), "size": len(part)}
        answer = self.finish_file(evidence, raw)
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["sha256"] == sha(raw)
        return answer.get_json()["events"][0]


def cut(raw: bytes, size: int = limits.SLICE_BYTES) -> list[bytes]:
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def sha(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
