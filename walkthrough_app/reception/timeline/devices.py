"""Through which door and from which device an event came: told when it changes, the devices by number only."""

from collections.abc import Iterator

from walkthrough_app.reception.queries import Arrival
from walkthrough_app.reception.timeline.telling import Event

DOORS = {"form": "网页填写", "sync": "手机同步", "import": "记录包补录"}


class Devices:
    """Numbers the phones in the order in which they appear, and remembers the last one."""

    def __init__(self) -> None:
        self.phones: dict[str, int] = {}
        self.last = ("", "")

    def change(self, event: Event, arrival: Arrival | None) -> Iterator[str]:
        if event["device"] == "server":
            return
        here = (self._name(event["device"]), DOORS.get(arrival.door, "") if arrival else "")
        if here != self.last:
            self.last = here
            yield "，".join(dict.fromkeys(part for part in here if part))

    def _name(self, device: str) -> str:
        if device.startswith("form-"):
            return DOORS["form"]
        number = self.phones.setdefault(device, len(self.phones) + 1)
        return "手机" if number == 1 else f"另一部手机（第{number}部）"
