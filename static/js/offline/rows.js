import { finalError } from "./db.js";

/** Return the walk's row, undefined when there is none; another owner's is not touched. */
export async function ownRow(tx, { id, island }) {
  const row = await tx.objectStore("walks").get(id);
  if (row && row.owner !== island.walk.owner) throw finalError("StrangerError");
  return row;
}

/** Begin to write and delete events; returns the promises. */
export function writesOf(tx, events, gone = []) {
  const store = tx.objectStore("events");
  return [...events.map((event) => store.put(event)), ...gone.map(({ id }) => store.delete(id))];
}

/** Say from when the latest of these events is. */
export function lastOf(events) {
  const at = events
    .map((event) => event.at)
    .sort()
    .pop();
  return at ? { at, count: events.length } : null;
}
