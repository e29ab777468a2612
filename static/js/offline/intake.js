import { uuid4 } from "../lib/uuid.js";
import { typeOf } from "./kinds.js";
import { lightRow } from "./media.js";
import { tools } from "./tools.js";

const HEAD = 128 * 1024; // bytes that hold EXIF and the frame of any camera's JPEG
const OLDEST = Date.UTC(2000, 0, 1);
export const NAMES = { photo: "照片", video: "录像", voice: "录音" };
const NOT_ONE = {
  photo: "这不是照片文件，请换一张 JPEG、PNG、WebP 或 HEIC 照片。",
  video: "这不是能用的录像，请换一段 MP4 或 WebM 录像。",
  voice: "这不是能用的录音，请重新录。",
};
const megabytes = (bytes) => `${(bytes / 1048576).toFixed(bytes % 1048576 ? 1 : 0)} MB`;

/** Store a photo or recording and its event; throws an Error with one sentence for the user before anything is kept. */
export async function takeFile(box, blob, draft) {
  const { kind, payload = {} } = draft;
  const sort = kind === "photo" ? "photo" : payload.sort || "video";
  const most = box.row.limits[sort];
  if (!blob.size) throw refusal("文件是空的，请重新选择。");
  if (blob.size > most) throw refusal(`${NAMES[sort]}有 ${megabytes(blob.size)}，最大 ${megabytes(most)}，请换小一点的。`);
  const bytes = await bytesOf(sort === "photo" ? blob : blob.slice(0, HEAD));
  const head = new Uint8Array(bytes, 0, Math.min(bytes.byteLength, HEAD));
  const type = typeOf(head, sort);
  if (!type) throw refusal(NOT_ONE[sort]);
  const flaw = sort === "photo" && tools.flawOf && tools.flawOf(new Uint8Array(bytes), type, box.row.limits.pixels);
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
    return await (sort === "photo" ? takePhoto(box, bytes, full, row) : tools.takeClip(box, blob, full, row));
  } catch (error) {
    throw error.isPlain ? error : refusal(troubleWith(NAMES[sort], error));
  }
}

async function takePhoto(box, raw, draft, row) {
  const made = box.draw([draft]);
  const events = await box.put(made, (tx) => tx.objectStore("media").put({ ...row, raw }));
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
  if (!bytes || bytes.byteLength !== blob.size) throw refusal("文件读不出来，请重新选择。");
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
