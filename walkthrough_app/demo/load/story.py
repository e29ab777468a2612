"""One walk told as the events of its devices: the page that began it, the phone, the server."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.demo.load import answering
from walkthrough_app.demo.load.answering import Problem
from walkthrough_app.demo.load.chance import CROWDS, Chance
from walkthrough_app.demo.load.device import Device
from walkthrough_app.demo.load.problems import measure, report
from walkthrough_app.demo.load.setting import Given, Picture
from walkthrough_app.demo.load.words import pick

Parts = Sequence[tuple[str, Sequence[dict[str, Any]]]]
ORDER = ("query", "prepare", "queue", "accept", "track", "result")
DECLARED = ("W-I1", "W-I2", "W-I3", "W-I4")
PEOPLE = {"hall", "counter"}
FACES = [[0.08, 0.48, 0.22, 0.22], [0.42, 0.46, 0.2, 0.2]]
THIN, TYPED, ANSWERED = 0.015, 0.04, 0.35  # shares: of hurried walks, of lengths by hand, of questions answered


class Story:
    """Tells one walk; `parts` are then what `walkthroughs.bulk.read` takes."""

    def __init__(self, given: Given, chance: Chance) -> None:
        self.given, self.chance = given, chance
        self.began = self.now = chance.moment(given.day)
        walk = str(given.walk)
        self.page = Device(walk, f"form-{given.walker.hex[:12]}", chance)
        self.phone = Device(walk, f"phone-{chance.getrandbits(32):08x}", chance, boot=self.began - timedelta(minutes=3))
        self.server = Device(walk, "server", chance)
        self.photos: dict[str, list[str]] = {}
        self.waited = 0
        self.workdays = 0
        self.speed = 0.03 if chance.happens(THIN) else chance.around(1, 0.25)
        self.numbers = {"fact": given.facts, "threshold": given.thresholds}
        self.steps = self._steps()
        self.problems = self._problems()

    @property
    def parts(self) -> Parts:
        return [("form", self.page.events), ("sync", self.phone.events), ("server", self.server.events)]

    def _steps(self) -> tuple[str, ...]:
        """Return the steps that this walk comes to."""
        if self.given.is_simulated:
            return ORDER[: ORDER.index(self.given.stop or "query") + 1]
        reach = {"awaiting": 5, "broken": self.chance.randint(1, 4), "void": self.chance.randint(1, 3)}
        return ORDER[: reach.get(self.given.ends, 6)]

    def _problems(self) -> list[Problem]:
        """Draw the problems of the walk: the weak sides of the unit show, and the item's numbers must allow them."""
        document, mode = self.given.document, self.given.mode
        found = []
        for key in self.chance.few_of(self.given.weights, min(40, self.chance.some(self.given.findings))):
            step = document.step_of(key) or ("result" if mode == "accompanied" else "")
            one = answering.problem_of(key, document, step, self.numbers) if step in self.steps else None
            found += [one] if one else []
        return found

    def tell(self) -> Parts:
        self._begin()
        for step in self.steps:
            self._step(step)
        self._end()
        return self.parts

    def _begin(self) -> None:
        given = self.given
        start: dict[str, Any] = {"mode": given.mode, "is_simulated": given.is_simulated, "simulation_stop": given.stop}
        self.page.tell("start", self.now, **start)
        if given.mode == "on_behalf":
            photo = self._form_photo(next(one for one in given.pictures if one.scene == "form"))
            paper = {"principal": "firm", "scope": "full", "signed_on": given.day.isoformat(), "photo": photo}
            self.page.tell("authorization", self.now, **paper)
        if given.mode == "accompanied":
            self.page.tell("consent", self.now)
        self.page.tell("step_start", self.now, "query")

    def _form_photo(self, one: Picture) -> str:
        size: dict[str, Any] = {"media": one.media, "taken_at": None, "width": one.width, "height": one.height}
        return self.page.tell("photo", self.now, caption="授权委托书", **size)

    def _pass(self, minutes: float) -> datetime:
        self.now += timedelta(seconds=max(1, round(minutes * 60)))
        return self.now

    def _step(self, step: str) -> None:
        if step != "query":
            self.phone.tell("step_start", self._pass(0.1), step)
        length = self.chance.around(self.given.pace.steps[step], 0.45) * self.speed
        self._pass(length * 0.4)
        {"queue": self._queue, "accept": self._accept, "track": self._track, "result": self._result}.get(
            step, self._nothing
        )()
        self._evidence(step)
        self._answer(step)
        self._pass(length * 0.6)
        if self.chance.happens(TYPED / 6):
            typed = {"seconds": round(length * 60), "reason": pick("typed", self.chance)}
            self.phone.tell("timing", self.now, step, **typed)

    def _nothing(self) -> None:
        if self.chance.happens(0.15):
            self.phone.tell("note", self.now, text=pick("notes", self.chance))

    def _queue(self) -> None:
        letter, ahead = self.chance.choice("ABCD"), self.chance.randint(0, 30)
        self.phone.tell("trip", self.now)
        taken = {"no": f"{letter}{self.chance.randint(1, 180):03}", "ahead": ahead}
        self.phone.tell("number", self._pass(0.5), "queue", **taken)
        minutes = self._wait(clock.to_local(self.now).hour)
        self.phone.tell("called", self._pass(minutes), "queue", window=str(self.chance.randint(1, 24)))
        self.waited = clock.minutes(minutes * 60)

    def _wait(self, hour: int) -> float:
        """Return minutes of waiting, by hour and unit; long when the long wait is one of the problems."""
        minutes = self.chance.around(self.given.pace.waits, 0.5) * CROWDS.get(hour, 1) * self.speed
        if self._has("W-K2"):
            return max(minutes, self.chance.around(44, 0.25), 31.5)
        return min(minutes, 29.0)

    def _accept(self) -> None:
        for _ in range(self._extra_trips("W-A3")):
            self.phone.tell("trip", self._pass(self.chance.around(40, 0.4)))
        self.phone.tell(
            "accepted", self.now, "accept", receipt=f"{self.given.day.year}-{self.chance.randint(1, 99999):05}"
        )

    def _extra_trips(self, key: str) -> int:
        return max(1, self.given.facts["limit_scene_num"] or 1) if self._has(key) else 0

    def _track(self) -> None:
        """Wait for the result: none when it is made on the spot."""
        promise = self.given.facts["promise_workdays"]
        late = self._has("W-R1") and promise is not None
        days = (promise or 0) + 1 + self.chance.some(4) if late else self.chance.randint(0, promise or 0)
        if self.given.ends == "awaiting":
            self.phone.tell("rest", self._pass(2))
        elif days:
            self._days(days)

    def _days(self, days: int) -> None:
        self.phone.tell("rest", self._pass(2))
        back = clock.add_workdays(self.given.day, days)
        if back > self.given.last_day:
            self.steps = ORDER[:5]  # the result is still to come
            return
        self.workdays = days
        self.now = max(self.now, self.chance.moment(back))
        self.phone.tell("track", self.now, "track", channel="网上", text=pick("tracks", self.chance))

    def _result(self) -> None:
        if self.steps[-1] != "result":
            return
        for _ in range(self._extra_trips("W-R3")):
            self.phone.tell("trip", self.now)
        self.phone.tell("result", self.now, "result", how="onsite" if not self.workdays else "post")

    def _evidence(self, step: str) -> None:
        scenes = {"queue": ("hall", "kiosk", "notice"), "accept": ("counter", "receipt"), "result": ("licence",)}
        if step not in scenes or not self.chance.happens(0.45):
            return
        scene = self.chance.choice(scenes[step])
        fitting = [one for one in self.given.pictures if one.scene == scene]
        if fitting:
            self._photo(step, self.chance.choice(fitting))

    def _photo(self, step: str, one: Picture) -> None:
        """Take a picture on the phone; the server keeps it and makes the masked copy."""
        facts = {"type": "image/jpeg", "size": one.size, "taken_at": clock.iso(self.now)}
        photo = self.phone.tell("photo", self._pass(0.2), step, caption=pick("captions", self.chance)[:100], **facts)
        boxes = FACES if one.masked else []
        mask = self.phone.tell(
            "mask", self._pass(0.2), step, photo=photo, boxes=boxes, **({} if boxes else {"clear": True})
        )
        kept = {"evidence": photo, "media": one.media, "sent": one.sent, "width": one.width, "height": one.height}
        self.server.tell("kept", self._pass(0.1), step, **kept)
        if one.masked:
            self.server.tell("masked", self._pass(0.1), step, mask=mask, photo=photo, media=one.masked)
        self.photos.setdefault(step, []).append(photo)

    def _answer(self, step: str) -> None:
        for question in self.given.document.step(step).questions:
            problem = self._has(question.id)
            value = None
            if problem and question.id not in answering.COUNTED:
                value = answering.bad(problem, self.numbers, self.chance)
            elif question.id == "W-Q1":
                value = ["phone", "web"]
            elif question.id not in answering.COUNTED and self.chance.happens(ANSWERED):
                value = answering.good(question, self.numbers, self.chance)
            if value is not None:
                self.phone.tell("answer", self._pass(0.05), step, question=question.id, value=value)

    def _has(self, key: str) -> Problem | None:
        return next((one for one in self.problems if one.question.id == key), None)

    def _end(self) -> None:
        if self.given.ends == "void":
            self.phone.tell("void", self._pass(1), reason=pick("voids", self.chance))
            return
        self._findings()
        if self.given.ends == "broken":
            return
        for key in DECLARED:
            self.phone.tell("answer", self._pass(0.05), question=key, value="yes")
        if self.given.mode == "accompanied":
            self._opinion()
        if self.chance.happens(0.6):
            self.phone.tell("feeling", self._pass(2), text=pick("feelings", self.chance))
        if self._is_over():
            self.phone.tell("finish", self._pass(1))

    def _is_over(self) -> bool:
        return self.given.is_simulated or (self.given.ends == "finished" and self.steps[-1] == "result")

    def _opinion(self) -> None:
        content = "dissatisfied" if self._has("W-B2") else self.chance.choice(("satisfied", "mostly_satisfied"))
        for key, value in (("W-B1", self.chance.choice(("firm", "citizen"))), ("W-B2", content), ("W-B3", "none")):
            self.phone.tell("answer", self._pass(0.1), question=key, value=value)

    def _findings(self) -> None:
        for problem in self.problems:
            if problem.step in self.steps:
                told = {"wait": self.waited, "days": self.workdays, "ahead": self.chance.randint(5, 40)}
                key = self.chance.name()
                photos = self.photos.get(problem.step, [])[: self.chance.randint(0, 2)]
                words = report(problem, self.chance, photos, told)
                self.phone.tell("finding", self._pass(0.6), problem.step, finding=key, **words)
                words = measure(problem, self.chance, clock.to_local(self.now).date())
                self.phone.tell("measure", self._pass(0.4), problem.step, finding=key, **words)
        if not self.problems:
            self.phone.tell("no_finding", self._pass(0.5), reason=pick("reasons", self.chance))
