"""The signs of thin work, by the id of their rule: each looks at a subject with its limits and gives what it found."""

from collections.abc import Callable, Iterator, Mapping

from walkthrough_app.quality.signs import answers, copies, evidence, people, steps
from walkthrough_app.quality.subject import Hit, Subject

Sign = Callable[[Subject, Mapping[str, int]], Iterator[Hit]]

SIGNS: Mapping[str, Sign] = {
    "steps_missing": steps.missing,
    "step_short": steps.short,
    "timing_typed": steps.typed,
    "clock_changed": steps.clock_changed,
    "no_evidence": evidence.none_at_all,
    "finding_bare": evidence.bare_findings,
    "evidence_elsewhen": evidence.elsewhen,
    "picture_same": copies.same_pictures,
    "picture_near": copies.near_pictures,
    "text_copied": copies.copied_texts,
    "answers_alike": answers.alike,
    "answers_rushed": answers.rushed,
    "device_other": people.device_other,
    "posted_by_other": people.posted_by_other,
    "overlap": people.overlap,
    "no_finding": evidence.no_finding,
    "simulated_unplanned": steps.simulated_unplanned,
}
