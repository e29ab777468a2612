import { readFileSync } from "node:fs";

/** Read one of the files that Python is held to as well. */
export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
}

/** The questionnaire as the island holds it for a mode, from record.json. */
export function questionnaireOf({ steps, questions, modes }, mode) {
  return { steps, questions: modes[mode].map((id) => questions[id]) };
}

/** The island of one walk of record.json. */
export function islandOf(data, walk) {
  return { ...walk.island, questionnaire: questionnaireOf(data, walk.island.walk.mode), events: walk.events };
}

/** A log being written, as tests/walkthroughs/events.py does: `at` is minutes after 09:00 local on 9 July 2018. */
export class Log {
  constructor() {
    this.events = [];
  }

  add(kind, at, step = null, payload = {}, more = {}) {
    const seq = this.events.length + 1;
    const id = `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
    const event = { id, walk: "w", device: "phone", seq, kind, step, payload, at: moment(at), mono: null, boot: null };
    this.events.push({ ...event, ...more });
    return id;
  }
}

/** The moment so many minutes after 09:00 local on 9 July 2018. */
export function moment(minutes) {
  return new Date(Date.UTC(2018, 6, 9, 1) + minutes * 60e3).toISOString();
}
