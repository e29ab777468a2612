import { ask, sentOf } from "./courier.js";
import { getRow } from "./db.js";
import { changeMedium } from "./media.js";

const GONE = "这个文件在本机读不出来了，请重新选择。";

/** Send one medium, going on where it stopped; null when it is done, refused, or has to let new words pass. */
export async function carryMedium(box, row) {
  if (sentOf(box, row.id) === 2) return giveUp(box, row, box.shelf.known.get(row.id).why);
  for (let turns = 0; turns < 4; turns++) {
    for (const [n, slice] of row.slices.entries()) {
      if (slice.sent) continue;
      const halt = await carrySlice(box, row, n, slice);
      if (halt || box.hasNews || box.isClosed) return halt;
      if (!box.media.has(row.id) || box.media.get(row.id).state !== "ready") return null;
    }
    const { id, size, type, sha256, slices } = row;
    const body = { event: id, size, type, slices: slices.map(({ sha }) => sha) };
    const answer = await ask(box, box.row.urls.media + sha256, body, 1);
    if (answer.state === "ok" && answer.data.sha256 === sha256) return finishMedium(box, row, answer.data.events || []);
    if (answer.isSure) return giveUp(box, row, answer.why);
    if (answer.state !== "missing") return failureOf(answer);
    const missing = slices.filter(({ sha }) => answer.data.missing.includes(sha));
    if (!missing.length) {
      box.isCurrent = false; // the server forgot the event: what it still knows stands in its page
      return { state: "retry", why: answer.data.error };
    }
    for (const slice of missing) slice.sent = 0;
  }
  return { state: "retry" };
}

async function carrySlice(box, row, n, slice) {
  const found = await getRow("slices", [row.id, n]);
  if (!found) return giveUp(box, row, GONE);
  const answer = await ask(box, box.row.urls.slices + slice.sha, found.bytes, 1);
  if (answer.state !== "ok" || answer.data.sha256 !== slice.sha) return failureOf(answer);
  slice.sent = 1;
  await box.within((tx) => changeMedium(box, tx, row.id, { slices: row.slices }));
  return null;
}

/** An answer that does not name what was sent is no receipt. */
function failureOf(answer) {
  return answer.state === "ok" ? { state: "retry", isFar: true } : answer;
}

async function finishMedium(box, row, events) {
  const isRefused = events.some(({ kind, payload }) => kind === "refused" && payload.evidence === row.id);
  box.row.sent_at = box.clock.now().at;
  await box.note(
    [],
    events,
    isRefused ? null : (tx) => changeMedium(box, tx, row.id, { state: "sent", why: "" }, row.sha256),
  );
  return null;
}

async function giveUp(box, row, why) {
  await box.within((tx) => changeMedium(box, tx, row.id, { state: "refused", why }));
  return null;
}
