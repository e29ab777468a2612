import { fetchIsland, keepBase } from "./base.js";
import { exchange } from "./send.js";
import { wakeBox } from "./tools.js";

const CALM = 60e3; // ms between attempts at what can wait
const LATER = 10e3; // ms after opening, when the page has long been there
const CLOCK_WORTH = 120e3; // ms by which a clock must have been changed to be told at once

/** Fetch the page anew: events, a new token, the server's time. Tells whether that could be had. */
export async function refreshBox(box) {
  const began = Date.now();
  const island = await fetchIsland(box.island.urls.page).catch(() => null);
  if (!island || island.walk.id !== box.id || island.walk.owner !== box.row.owner) return false;
  box.isCurrent = true;
  box.island = island;
  const { token, expires, urls, limits } = island;
  Object.assign(box.row, { token, expires, urls, limits });
  hearServer(box, island.now, (began + Date.now()) / 2);
  await box.reload();
  wakeBox(box, 0);
  return true;
}

/** Send one request; what it says of the token is remembered. */
export async function ask(box, url, body, count) {
  box.sending = count;
  box.emit();
  const answer = await exchange(url, box.row.token, body);
  box.sending = 0;
  if (answer.state === "signin") box.signin = true;
  if (answer.state === "ok") box.signin = false;
  return answer;
}

/** Return how far the event of this id got: 0 waiting, 1 sent, 2 refused; 1 when it is not known. */
export function sentOf(box, id) {
  const event = box.shelf.known.get(id);
  return event ? event.sent : 1;
}

/** Our server has answered: at `wall` of this phone it was `now` there. */
export function hearServer(box, now, wall) {
  box.signin = false;
  const server = Date.parse(now);
  if (!server) return;
  box.clock.tune(server, wall);
  Object.assign(box.row, { offset: box.clock.offset, seen: Math.max(box.row.seen, server) });
  if (Math.abs(box.clock.jumped) > CLOCK_WORTH) box.add([]);
}

/** All is sent: time for what makes the next visit better. */
export async function settleDown(box) {
  if (box.isSettling || Date.now() < box.calmTill) return;
  box.isSettling = true;
  box.calmTill = Date.now() + CALM;
  if (!box.isCurrent) await refreshBox(box);
  if (Date.now() > box.opened + LATER) await keepBase(box).catch(() => {});
  box.isSettling = false;
}
