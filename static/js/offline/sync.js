import { carryMedium } from "./carry.js";
import { bareEvent, byCount } from "./chain.js";
import { ask, hearServer, refreshBox, sentOf, settleDown } from "./courier.js";
import { settleFiles } from "./settle.js";

const NEAR = 60e3; // longest pause, in ms, after answers of our server
const FAR = 8e3; // and while nothing of it is reached: so the first try follows the network's return at once
const LOCKED = { state: "retry", isFar: true };
const listOf = (value) => (Array.isArray(value) ? value : []);
const waitingOf = (box) => box.events.filter((event) => event.sent === 0).sort(byCount);

/** Keep sending: after every tap, when the network or the reader comes back, and by the clock. */
export function startSync(box) {
  box.hark(globalThis, "online", () => wakeSync(box, 0, true));
  box.hark(globalThis, "pageshow", ({ persisted }) => (persisted ? box.awake() : wakeSync(box, 0)));
  box.hark(globalThis.document, "visibilitychange", () => box.awake());
  for (const name of ["freeze", "resume"]) box.hark(globalThis.document, name, () => box.clock.look(true));
  wakeSync(box, 0);
}

/** Send what waits, after `delay` ms; a round under way is followed by another. */
export function wakeSync(box, delay, isUrgent) {
  if (box.isClosed) return;
  if (isUrgent) box.failures = 0;
  const due = Math.max(Date.now() + delay, isUrgent ? 0 : box.notBefore);
  if (box.timer && box.due <= due) return;
  clearTimeout(box.timer);
  box.due = due;
  box.timer = setTimeout(() => runRound(box), due - Date.now());
}

async function runRound(box) {
  box.timer = 0;
  if (box.isBusy) {
    box.again = true;
    return;
  }
  box.isBusy = true;
  const failure = await aloneWith(box, () => sendAll(box)).catch((error) => {
    console.error(error);
    return { state: "retry" };
  });
  box.isBusy = false;
  box.sending = 0;
  if (failure) {
    const { after = 0, isFar, why = "" } = failure;
    const pause = Math.min(isFar ? FAR : NEAR, 2000 * 2 ** box.failures++) * (0.6 + 0.4 * Math.random());
    box.problem = why;
    box.notBefore = Date.now() + after * 1000;
    wakeSync(box, pause);
  } else {
    box.failures = 0;
    box.problem = "";
  }
  settleFiles(box);
  if (box.again) wakeSync(box, 300);
  box.again = false;
  box.emit();
}

/** Only one tab sends; but one that sleeps with the lock in its hand is passed by, for what it sends twice has no effect. */
function aloneWith(box, work) {
  const { locks } = globalThis.navigator || {};
  if (!locks) return work();
  return locks.request(`walkthrough ${box.id}`, { ifAvailable: true }, (lock) => {
    if (!lock && box.locked++ < 5) return LOCKED;
    box.locked = 0;
    return work();
  });
}

/** Return null when all is sent, else the failure. Words go before pictures; one bad picture does not hold up the next. */
async function sendAll(box) {
  await box.mend();
  if (box.signin && !(await refreshBox(box))) return { state: "signin", after: 20 };
  const skipped = new Set();
  for (let worst = null; ;) {
    const failure = await sendEvents(box);
    if ((failure && !failure.isPassed) || box.isClosed) return failure;
    worst = failure || worst;
    const ready = [...box.media.values()].filter(({ state }) => state === "ready");
    const next = ready.find(({ id }) => !skipped.has(id) && sentOf(box, id) !== 0);
    if (!next) {
      settleDown(box);
      return worst || (box.isOpen ? null : LOCKED);
    }
    const halt = await carryMedium(box, next);
    if (halt && (halt.isFar || halt.after || halt.state === "signin")) return halt;
    if (halt) skipped.add(next.id);
    worst = halt || worst;
  }
}

/** Send waiting events in batches; what the server chokes on is sent in ever smaller ones, until the bad one stands alone. */
async function sendEvents(box) {
  const passed = new Set();
  let size = box.row.limits.events;
  let failure = null;
  box.hasNews = false;
  for (let turns = 0; ; turns++) {
    const left = waitingOf(box).filter(({ id }) => !passed.has(id));
    const batch = left.slice(0, size);
    if (!batch.length && !(box.pending && turns < 20)) return failure;
    const body = { events: batch.map(bareEvent), now: box.clock.now().at };
    const answer = await ask(box, box.row.urls.events, body, batch.length);
    if (answer.state === "ok") {
      if (!(await takeAnswer(box, batch, answer))) return LOCKED;
      size = Math.min(size * 2, box.row.limits.events);
    } else if (!batch.length) box.pending = 0;
    else if (answer.isSure || (answer.isBroken && box.broken++ > 1)) {
      if (batch.length > 1) size = Math.ceil(batch.length / 2);
      else if (answer.isSure) await refuseEvent(box, batch[0], answer.why);
      else {
        passed.add(batch[0].id);
        failure = { ...answer, isPassed: passed.size < 3 };
        if (passed.size > 2) return failure;
      }
    } else return answer;
  }
}

/** Believe the answer only for the ids that it names; tell whether it named one. */
async function takeAnswer(box, batch, { data, wall }) {
  const told = new Map(listOf(data.accepted).map((id) => [id, ""]));
  for (const { id, why } of listOf(data.rejected)) told.set(id, why || "服务器没有收下。");
  const done = batch.filter(({ id }) => told.has(id));
  if (!done.length && batch.length) return false;
  box.pending = data.pending || 0;
  box.broken = 0;
  hearServer(box, data.now, wall);
  if (done.length) box.row.sent_at = box.clock.now().at;
  const changed = done.map((event) => ({ ...event, sent: told.get(event.id) ? 2 : 1, why: told.get(event.id) }));
  await box.note(changed, listOf(data.events));
  return true;
}

function refuseEvent(box, event, why) {
  return box.note([{ ...event, sent: 2, why }], []);
}
