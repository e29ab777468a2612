/** What the second script brings: all that is not needed to keep a tap. Until it is there, everything waits in the store. */
export const tools = {};

const served = [];

/** Let a box be served: at once, or as soon as there are tools. */
export function serveBox(box) {
  served.push(box);
  if (tools.beginWork) tools.beginWork(box);
}

/** The second script is there. */
export function equip(brought) {
  Object.assign(tools, brought);
  served.forEach(tools.beginWork);
}

/** Send what waits, after `delay` ms. */
export function wakeBox(box, delay, isUrgent) {
  if (tools.wakeSync) tools.wakeSync(box, delay, isUrgent);
}
