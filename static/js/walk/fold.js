import { inOrder } from "./order.js";
import { secondsOf } from "./runs.js";
import { TAP_KINDS, evidenceOf } from "./taps.js";

/** Add the events up as walkthroughs/fold.py does: in their true order, without those that a later event took back. */
export function fold(events) {
  const state = emptyState();
  const standing = withoutRetracted(inOrder(events, state.flags));
  const starts = {};
  for (const event of standing) {
    if (!TAP_KINDS[event.kind]) continue;
    TAP_KINDS[event.kind](state, event, starts);
    state.last_at = event.at;
  }
  for (const { kind, payload } of standing) {
    if (SERVER_KINDS[kind]) SERVER_KINDS[kind](evidenceOf(state, payload.evidence || payload.photo), payload);
  }
  const steps = Object.values(state.steps);
  for (const step of steps) step.seconds = secondsOf(...(step.typed ? [step.typed] : step.runs));
  return { ...state, wait_seconds: secondsOf(...state.queue), total_seconds: secondsOf(...steps) };
}

// A retract that was itself taken back counts for nothing.
function withoutRetracted(ordered) {
  const gone = new Set();
  for (const { id, kind, payload } of [...ordered].reverse()) {
    if (kind === "retract" && !gone.has(id)) gone.add(payload.event);
  }
  return ordered.filter(({ id }) => !gone.has(id));
}

function emptyState() {
  return {
    status: "planned", mode: null, is_simulated: false, simulation_stop: null,
    steps: {}, current: null, is_paused: false, trips: [], trips_to_accept: null, queue: [],
    answers: {}, notes: [], feeling: "", photos: {}, clips: {}, findings: {}, dismissed: [],
    accepted: null, tracks: [], result: null, authorization: null, has_consent: false,
    no_finding_reason: "", void_reason: "", started_at: null, finished_at: null, last_at: null, flags: [],
  };
}

// The server's word counts whenever it came, whatever its clock says.
const SERVER_KINDS = {
  kept(evidence, { evidence: id, ...facts }) {
    if (!evidence) return;
    for (const name of Object.keys(facts)) if (facts[name] !== null) evidence[name] = facts[name];
    evidence.refused = "";
    if (evidence.is_clear) evidence.masked = evidence.media;
  },
  refused(evidence, { reason }) {
    if (evidence && !evidence.media) evidence.refused = reason;
  },
  masked(photo, { mask, media }) {
    if (photo && photo.mask === mask) photo.masked = media;
  },
};
