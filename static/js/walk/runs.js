import { addOnce, elapsed } from "./order.js";

/** Return the run that is being timed now, or null. */
export function runningRun({ steps, current }) {
  const run = steps[current] && steps[current].runs.slice(-1)[0];
  return run && run.stop === null ? run : null;
}

/** Return the seconds of the running step up to a reading {at, mono, boot}; 0 when none runs. */
export function runningSeconds(state, events, now) {
  const run = runningRun(state);
  const start = run && events.find((event) => event.id === run.event);
  return start ? elapsed(start, { device: start.device, ...now }) : 0;
}

/** Add up the lengths of runs, turns or steps; what is not there has none. */
export function secondsOf(...parts) {
  return parts.reduce((sum, part) => sum + ((part && part.seconds) || 0), 0);
}

/** Return a step of the state, made when it is new. */
export function stepOf({ steps }, name) {
  return steps[name] || (steps[name] = { runs: [], typed: null });
}

/** Stop the clock. */
export function closeRun(state, event, starts) {
  const run = runningRun(state);
  if (!run) return;
  run.stop = event.at;
  run.seconds = elapsed(starts[run.event], event, state.flags);
  if (run.seconds > 6 * 3600) addOnce(state.flags, "long_run");
}

/** Let the clock of a step run; a running one is not cut. */
export function beginRun(state, event, starts, name = event.step) {
  const { runs } = stepOf(state, name);
  if (state.current === name && runningRun(state)) return;
  closeRun(state, event, starts);
  starts[event.id] = event;
  runs.push({ start: event.at, stop: null, seconds: 0, event: event.id });
  state.current = name;
  state.is_paused = false;
  endWaiting(state);
}

/** Stop the clock until a `resume`. */
export function pauseRun(state, event, starts) {
  closeRun(state, event, starts);
  state.is_paused = true;
}

/** End the waiting for the result. */
export function endWaiting(state) {
  if (state.status === "awaiting_result") state.status = "in_progress";
}
