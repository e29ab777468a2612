import { putRow } from "./db.js";
import { NAMES, refusal } from "./intake.js";
import { dropMedium, lightRow } from "./media.js";
import { sealedBy } from "./settle.js";
import { cutUp } from "./slices.js";
import { durationOf } from "./video.js";

const minutes = (seconds) => `${Math.floor(seconds / 60)} 分 ${Math.round(seconds % 60)} 秒`;

/** Store a recording, never held whole: slice by slice, and only then the event. */
export async function takeClip(box, blob, draft, row) {
  const { limits } = box.row;
  const seconds = draft.payload.seconds || (await durationOf(blob, row.type));
  const most = limits[`${row.sort}_seconds`];
  if (seconds > most + 1) throw refusal(`${NAMES[row.sort]}长 ${minutes(seconds)}，最长 ${minutes(most)}，请剪短后再选。`);
  try {
    await putRow("media", row);
    const keep = (n, bytes) => putRow("slices", { id: [row.id, n], bytes });
    const whole = { ...row, ...(await cutUp(blob, limits.slice, keep)), state: "ready" };
    const payload = { ...draft.payload, sort: row.sort, ...(seconds && { seconds }) };
    const made = box.draw([{ ...draft, payload }, sealedBy(draft.step, whole)]);
    const events = await box.put(made, (tx) => tx.objectStore("media").put(whole));
    box.media.set(row.id, lightRow(whole));
    return events[events.length - 2];
  } catch (error) {
    await dropMedium(box, row.id).catch(() => {});
    throw error;
  }
}
