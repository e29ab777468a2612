import { uuid4 } from "../lib/uuid.js";
import { HEAD, typeOf } from "./kinds.js";
import { lightRow } from "./media.js";
import { tools } from "./tools.js";

const OLDEST = Date.UTC(2000, 0, 1);
export const NAMES = { photo: "照片", video: "录像", voice: "录音" };
const UNREAD = "文件读不出来，请重新选择。";
const megabytes = (bytes) => `${(bytes / 1048576).toFixed(bytes % 1048576 ? 1 : 0)} MB`;

/** Store a photo or recording and its event; throws an Error with one sentence for the user before anything is kept. */
export async function takeFile(box, blob, draft) {
  const { kind, payload = {} } = draft;
  const sort = kind === "photo" ? "photo" : payload.sort || "video";
  const most = box.row.limits[sort];
  if (!blob.size) throw refusal("文件是空的，请重新选择。");
  if (blob.size > most) throw refusal(`${NAMES[sort]}有 ${megabytes(blob.size)}，最大 ${megabytes(most)}，请换小一点的。`);
  const head = new Uint8Array(await bytesOf(blob.slice(0, HEAD)));
  const type = typeOf(head, sort);
  if (!type) throw refusal(`这不是能用的${NAMES[sort]}，请换一个。`);
  const look = sort === "photo" && tools.flawOf;
  const flaw = look && (await look(blob, head, type, box.row.limits.pixels).catch(() => UNREAD));
  if (flaw) throw refusal(flaw);
  const row = {
    id: uuid4(),
    walk: box.id,
    sort,
    type,
    size: blob.size,
    at: box.now().at,
    raw: null,
    preview: null,
    sha256: null,
    slices: [],
    state: "raw",
    why: "",
  };
  const taken = whenTaken(blob, head);
  const full = { ...draft, id: row.id, payload: { ...payload, type, size: blob.size, ...(taken && { taken_at: taken }) } };
  try {
    return await (sort === "photo" ? takePhoto(box, blob, full, row) : tools.takeClip(box, blob, full, row));
  } catch (error) {
    throw error.isPlain ? error : refusal(troubleWith(NAMES[sort], error));
  }
}

async function takePhoto(box, blob, draft, row) {
  const made = box.draw([draft]);
  const put = (raw) => box.put(made, (tx) => tx.objectStore("media").put({ ...row, raw }));
  // Chromium stores a file without its bytes passing through the page; Safari takes none, and others are not tried.
  const isEasy = globalThis.navigator && navigator.vendor === "Google Inc.";
  const events = (isEasy && (await put(blob).catch(() => null))) || (await put(await bytesOf(blob)));
  box.media.set(row.id, lightRow(row));
  box.emit();
  box.settle();
  return events[events.length - 1];
}

/** Return when the picture was taken: what the camera wrote, else the file's own time, if either can be true. */
function whenTaken(blob, head) {
  const { taken } = tools.factsOf ? tools.factsOf(head) : {};
  const times = [Date.parse(taken), blob.lastModified];
  const time = times.find((one) => one > OLDEST && one <= Date.now() + 60e3);
  return time && new Date(time).toISOString();
}

async function bytesOf(blob) {
  const bytes = await blob.arrayBuffer().catch(() => null);
  if (!bytes || bytes.byteLength !== blob.size) throw refusal(UNREAD);
  return bytes;
}

/** Return an error whose text is for the user. */
export function refusal(text) {
  return Object.assign(new Error(text), { isPlain: true });
}

function troubleWith(name, error) {
  if (error.name === "QuotaExceededError") return `手机空间不足，${name}没有存上，请清理空间后再选。`;
  return `浏览器存不了数据，${name}没有存上，请保持联网，重新打开这个页面再选。`;
}
