const compare = (a, b) => (a > b) - (a < b);

/** Add a name that is not in the list yet. */
export function addOnce(list, name) {
  if (!list.includes(name)) list.push(name);
}

/** Sort by time, the start first, but never against a device's own counting: a clock set back cannot reorder its taps. */
export function inOrder(events, flags = []) {
  const latest = {};
  return [...new Map(events.map((event) => [event.id, event])).values()]
    .sort((a, b) => a.seq - b.seq || compare(a.id, b.id))
    .map((event) => {
      const at = Date.parse(event.at);
      const before = latest[event.device] || at;
      if (before - at > 2000) addOnce(flags, "clock_back");
      latest[event.device] = Math.max(before, at);
      return { event, at: latest[event.device] };
    })
    .sort(({ at: x, event: a }, { at: y, event: b }) => {
      const isStart = (b.kind === "start") - (a.kind === "start");
      return isStart || x - y || compare(a.device, b.device) || a.seq - b.seq;
    })
    .map(({ event }) => event);
}

/**
 * Return whole seconds between two readings: by the monotonic clock within one page session, else by the wall.
 * With `flags`, say there when the two clocks do not agree.
 */
export function elapsed(start, stop, flags = []) {
  const wall = Date.parse(stop.at) - Date.parse(start.at);
  const isCounted = start.boot && start.boot === stop.boot && start.device === stop.device;
  const length = isCounted && start.mono !== null && stop.mono !== null ? stop.mono - start.mono : wall;
  if (Math.abs(wall - length) > 120e3) addOnce(flags, "clock_jump");
  return Math.max(0, Math.round(length / 1000));
}
