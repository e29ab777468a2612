import { finalError, inBase } from "./db.js";
import { HEAD } from "./kinds.js";
import { lightRow } from "./media.js";
import { shrinkPicture } from "./pictures.js";
import { cutUp } from "./slices.js";

const NO_ROOM = "手机空间不足，有照片存下了但还传不了，请清理空间。";

/** Say what will be sent for an evidence. */
export const sealedBy = (step, { id, sha256, size, type }) => ({
  kind: "sealed",
  step,
  payload: { evidence: id, sha256, size, type },
});

/** Make pictures ready to be sent, one at a time, also those that an earlier page left; resolves when all are. */
export function settleFiles(box) {
  const settle = async () => {
    for (const { id, sort, state } of box.media.values()) {
      if (state === "raw" && sort === "photo" && !box.isClosed)
        await sealPhoto(box, id).catch((error) => stayRaw(box, error));
    }
  };
  box.settling = Promise.resolve(box.settling).then(settle);
  return box.settling;
}

function stayRaw(box, error) {
  if (error.name === "BeatenError") return box.reload();
  return box.fail(error, error.name === "QuotaExceededError" ? NO_ROOM : undefined);
}

async function sealPhoto(box, id) {
  const { row, mark } = await inBase(["media", "meta"], async (tx) => {
    const old = await tx.objectStore("meta").get("shrinking");
    await tx.objectStore("meta").put({ key: "shrinking", value: id });
    return { row: await tx.objectStore("media").get(id), mark: old && old.value };
  });
  if (!row || row.state !== "raw") return box.reload();
  const raw = new Blob([row.raw], { type: row.type });
  // If an earlier page died over this very picture it is sent as it is.
  const hasKilled = mark === id && box.shrinking !== id;
  box.shrinking = id;
  const { full, preview = null } = hasKilled ? {} : await shrinkFrom(raw).catch(() => ({}));
  const isSmaller = full && full.byteLength < raw.size;
  const bytes = [];
  const cut = await cutUp(isSmaller ? new Blob([full]) : raw, box.row.limits.slice, (n, part) => bytes.push(part));
  const whole = { ...row, ...cut, raw: null, preview, type: isSmaller ? "image/jpeg" : row.type, state: "ready" };
  await box.put(box.draw([sealedBy(null, whole)]), (tx) => sealIn(tx, whole, bytes));
  box.media.set(id, lightRow(whole));
  box.sync();
}

const shrinkFrom = async (raw) => shrinkPicture(raw, new Uint8Array(await raw.slice(0, HEAD).arrayBuffer()));

async function sealIn(tx, whole, bytes) {
  const known = await tx.objectStore("media").get(whole.id);
  if (!known || known.state !== "raw") throw finalError("BeatenError"); // another tab was faster
  await Promise.all([
    tx.objectStore("media").put(whole),
    tx.objectStore("meta").delete("shrinking"),
    ...bytes.map((part, n) => tx.objectStore("slices").put({ id: [whole.id, n], bytes: part })),
  ]);
}
