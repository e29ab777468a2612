import { digest } from "../lib/canonical.js";
import { uuid4 } from "../lib/uuid.js";

const SIGNED = ["id", "walk", "device", "seq", "kind", "step", "payload", "at", "mono", "boot", "prev"];

/** Begin counting as a device of its own. */
export const newCount = () => ({ device: uuid4(), seq: 0, last: null });

/** Return a walk's row for a phone that sees it for the first time. */
export function newRow({ walk, token, expires, urls, limits }) {
  const row = { id: walk.id, owner: walk.owner, token, expires, urls, limits, opened_at: Date.now() };
  return { ...row, ...newCount(), offset: null, seen: 0, sent_at: null };
}

/** Turn drafts into events but for their numbers; a changed clock is told first. */
export function drawEvents(walk, drafts, clock) {
  const jump = clock.jump();
  const told = jump ? [{ kind: "clock", payload: { jump } }] : [];
  const moment = clock.stamp();
  return [...told, ...drafts].map(({ id, kind, step = null, payload = {} }) => {
    return { id: id || uuid4(), walk, kind, step, payload, ...moment };
  });
}

/** Return events with their number and hash; the row counts on. */
export function chainEvents(row, drafts) {
  return drafts.map((draft) => {
    const event = { ...draft, device: row.device, seq: row.seq + 1, prev: row.last };
    row.seq = event.seq;
    row.last = digest(bareEvent(event));
    return { ...event, hash: row.last, sent: 0, why: "", mine: 1 };
  });
}

/** Return an event as it is hashed and sent, without the phone's own marks. */
export function bareEvent(event) {
  return Object.fromEntries(SIGNED.map((name) => [name, event[name] === undefined ? null : event[name]]));
}

export const byCount = (a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : a.seq - b.seq);
