"""What the events of a walk add up to. Lengths are whole seconds, moments ISO 8601 strings as the device wrote them."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Run:
    start: str
    stop: str | None
    seconds: int
    event: str


@dataclass(slots=True)
class StepState:
    """One step: its runs, and a length typed by hand with its reason when the walker corrected it."""

    runs: list[Run] = field(default_factory=list)
    typed: dict[str, Any] | None = None

    @property
    def seconds(self) -> int:
        return int(self.typed["seconds"]) if self.typed else sum(run.seconds for run in self.runs)

    @property
    def is_running(self) -> bool:
        return any(run.stop is None for run in self.runs)


@dataclass(slots=True)
class State:
    """What the events add up to."""

    status: str = "planned"
    mode: str | None = None
    is_simulated: bool = False
    simulation_stop: str | None = None
    steps: dict[str, StepState] = field(default_factory=dict)
    current: str | None = None
    is_paused: bool = False
    trips: list[dict[str, Any]] = field(default_factory=list)
    trips_to_accept: int | None = None
    queue: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)
    feeling: str = ""
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    clips: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)
    dismissed: list[str] = field(default_factory=list)
    accepted: dict[str, Any] | None = None
    tracks: list[dict[str, Any]] = field(default_factory=list)
    result: dict[str, Any] | None = None
    authorization: dict[str, Any] | None = None
    has_consent: bool = False
    no_finding_reason: str = ""
    void_reason: str = ""
    started_at: str | None = None
    finished_at: str | None = None
    last_at: str | None = None
    flags: list[str] = field(default_factory=list)

    @property
    def wait_seconds(self) -> int:
        """Seconds between taking a number and being called, all rounds together."""
        return sum(turn["seconds"] or 0 for turn in self.queue)

    @property
    def total_seconds(self) -> int:
        return sum(step.seconds for step in self.steps.values())

    @property
    def running_since(self) -> str | None:
        step = self.steps.get(self.current or "")
        return step.runs[-1].start if step and step.is_running else None

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON with the derived lengths beside what they are made of."""
        data = asdict(self)
        for name, step in self.steps.items():
            data["steps"][name]["seconds"] = step.seconds
        return data | {"wait_seconds": self.wait_seconds, "total_seconds": self.total_seconds}
