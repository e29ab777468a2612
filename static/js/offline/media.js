import { dropRows, getRow, piecesOf, slicesOf } from "./db.js";

const LOST = "浏览器清除过本机数据，这个文件没有传完，请重新选择。";
const UNFINISHED = "录像没有存完，请重新选择。";
const FORGOTTEN = "服务器上没有这个文件了，请重新选择。";

/** Return what is worth holding in memory of a medium: all but its bytes. */
export function lightRow({ raw, preview, ...light }) {
  return light;
}

/** Read the media of a walk, one at a time. */
export async function lightRows(tx, walk) {
  const rows = new Map();
  const store = tx.objectStore("media");
  for (const id of await store.index("walk").getAllKeys(walk)) rows.set(id, lightRow(await store.get(id)));
  return rows;
}

/** Refuse recordings that an earlier page did not finish storing. */
export async function refuseHalves(box, tx) {
  for (const row of box.media.values()) {
    if (row.state === "raw" && row.sort !== "photo")
      await changeMedium(box, tx, row.id, { state: "refused", why: UNFINISHED });
  }
}

/** Change a medium's row; with `safe`, the hash that the server named, its slices are no longer needed here. */
export async function changeMedium(box, tx, id, change, safe) {
  const row = await tx.objectStore("media").get(id);
  if (!row) return;
  Object.assign(row, change);
  if (safe && safe === row.sha256) await tx.objectStore("slices").delete(slicesOf(id));
  await tx.objectStore("media").put(row);
  box.media.set(id, lightRow(row));
}

/** Let `kept` and `refused` of the server have their effect on what waits here. */
export async function settleMedia(box, tx, events) {
  for (const { kind, payload } of events) {
    if (kind === "kept") await changeMedium(box, tx, payload.evidence, { state: "sent", why: "" }, payload.sent);
    if (kind === "refused") await changeMedium(box, tx, payload.evidence, { state: "refused", why: payload.reason });
  }
}

/** The server was set back to a time before it had these files. */
export async function loseForgotten(box, tx, gone) {
  for (const { kind, payload } of gone) {
    if (kind === "kept") await changeMedium(box, tx, payload.evidence, { state: "refused", why: FORGOTTEN });
  }
}

/** The store was emptied under the page: what was not sent is lost, and says so. */
export function mournMedia(box, tx) {
  for (const [id, row] of box.media) {
    const lost = row.state === "sent" ? row : { ...row, state: "refused", why: LOST };
    box.media.set(id, lost);
    tx.objectStore("media").put(lost);
  }
}

/** Forget a refused medium, bytes and all. */
export async function dropMedium(box, id) {
  await Promise.all([dropRows("media", id), dropRows("slices", slicesOf(id))]);
  box.media.delete(id);
}

/** Return the picture in full as far as this phone still has it, or its preview; null when there is none. */
export async function blobOf(id, isFull) {
  const row = await getRow("media", id);
  if (!row) return null;
  if (!isFull && row.preview) return new Blob([row.preview], { type: "image/jpeg" });
  const pieces = row.raw ? [row.raw] : isFull ? await piecesOf(id) : [];
  return pieces.length ? new Blob(pieces, { type: row.type }) : null;
}
