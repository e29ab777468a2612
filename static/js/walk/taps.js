import { addOnce, elapsed } from "./order.js";
import { beginRun, closeRun, endWaiting, pauseRun, stepOf } from "./runs.js";

const NEW_EVIDENCE = { caption: "", media: null, sent: null, refused: "" };
const entryOf = ({ id, step, at, payload }) => ({ id, step, at, ...payload });

/** Return a photo or a clip of the state, or undefined. */
export function evidenceOf(state, id) {
  return state.photos[id] || state.clips[id];
}

/** What each kind of event does to the state. */
export const TAP_KINDS = {
  start(state, { at, payload }) {
    const { mode, is_simulated = false, simulation_stop = null } = payload;
    const started_at = state.started_at || at;
    Object.assign(state, { status: "in_progress", started_at, mode, is_simulated, simulation_stop });
  },
  step_start: (state, event, starts) => beginRun(state, event, starts),
  step_stop(state, event, starts) {
    if (state.current === event.step) closeRun(state, event, starts);
  },
  pause: pauseRun,
  resume(state, event, starts) {
    if (state.current && state.is_paused) beginRun(state, event, starts, state.current);
  },
  rest(state, event, starts) {
    pauseRun(state, event, starts);
    if (state.accepted) state.status = "awaiting_result";
  },
  trip: (state, { at, payload: { place = "" } }) => state.trips.push({ at, place }),
  number(state, event, starts) {
    const { no = "", ahead = null } = event.payload;
    starts.number = event;
    state.queue.push({ event: event.id, no, ahead, number_at: event.at, called_at: null, window: "", seconds: null });
  },
  called(state, event, starts) {
    let turn = state.queue.slice(-1)[0];
    if (!turn || turn.called_at) {
      turn = { event: event.id, no: "", ahead: null, number_at: null, seconds: null };
      state.queue.push(turn);
    } else turn.seconds = elapsed(starts.number, event, state.flags);
    Object.assign(turn, { called_at: event.at, window: event.payload.window || "" });
  },
  answer({ answers }, { step, at, payload: { question, value, note = "" } }) {
    if (value === null) delete answers[question];
    else answers[question] = { value, note, step, at };
  },
  note: (state, event) => state.notes.push(entryOf(event)),
  feeling: (state, { payload }) => (state.feeling = payload.text),
  photo(state, event) {
    const fresh = { mask: null, masked: null, is_clear: false, boxes: [] };
    state.photos[event.id] = { ...NEW_EVIDENCE, ...fresh, ...entryOf(event) };
  },
  clip: (state, event) => (state.clips[event.id] = { ...NEW_EVIDENCE, poster: null, seconds: null, ...entryOf(event) }),
  caption(state, { payload }) {
    const evidence = evidenceOf(state, payload.photo);
    if (evidence) evidence.caption = payload.text;
  },
  mask(state, { id, payload: { photo, boxes, media, clear } }) {
    const found = state.photos[photo];
    if (!found) return;
    // A form sends the masked copy along; a phone does not, the server makes it.
    const isPhone = media === undefined;
    const is_clear = !boxes.length && Boolean(isPhone ? clear : media);
    Object.assign(found, { mask: id, boxes, is_clear, masked: isPhone ? (is_clear ? found.media : null) : media });
  },
  clock: (state) => addOnce(state.flags, "clock_jump"),
  finding({ findings }, { step, at, payload }) {
    findings[payload.finding] = { measure: null, at, step, ...findings[payload.finding], ...payload };
  },
  measure({ findings }, { payload }) {
    if (findings[payload.finding]) findings[payload.finding].measure = payload;
  },
  drop: (state, { payload }) => delete state.findings[payload.finding],
  dismiss: (state, { payload }) => addOnce(state.dismissed, payload.question),
  timing: (state, { step, at, payload }) => (stepOf(state, step).typed = { ...payload, at }),
  accepted: (state, event) => Object.assign(state, { accepted: entryOf(event), trips_to_accept: state.trips.length }),
  track: (state, event) => state.tracks.push(entryOf(event)),
  result(state, event) {
    state.result = entryOf(event);
    endWaiting(state);
  },
  authorization: (state, event) => (state.authorization = entryOf(event)),
  consent: (state) => (state.has_consent = true),
  no_finding: (state, { payload }) => (state.no_finding_reason = payload.reason),
  finish(state, event, starts) {
    pauseRun(state, event, starts);
    Object.assign(state, { status: "finished", finished_at: event.at });
  },
  reopen(state) {
    if (state.status === "finished") Object.assign(state, { status: "in_progress", finished_at: null });
  },
  void(state, event, starts) {
    pauseRun(state, event, starts);
    Object.assign(state, { status: "void", void_reason: event.payload.reason });
  },
};
