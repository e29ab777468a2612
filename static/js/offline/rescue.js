import { localDay } from "../lib/time.js";
import { zipOf } from "../lib/zip.js";
import { keepBase } from "./base.js";
import { bareEvent, byCount } from "./chain.js";
import { getRow } from "./db.js";
import { sealFor } from "./seal.js";
import { hashOf } from "./slices.js";

const ENDINGS = { jpeg: "jpg", quicktime: "mov" };
const SEALED_WORDS = "这是办事记录的导出文件，内容已加密。请把整个文件原样交给系统管理员导入，不要解压后另存。";
const OPEN_WORDS = "这是办事记录的导出文件，没有加密，请妥善保管。请把整个文件原样交给系统管理员导入。";
const rescueText = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** Return {name, blob}: the walk with all files still held here, encrypted for the server where that can be done. */
export async function makeRescue(box, chance) {
  await box.settling;
  const files = await rescueFiles(box);
  const sealed = await sealFiles(box.island.rescue || box.row.rescue, files, chance).catch(() => null);
  const name = `办事记录-${localDay(box.now().at).replace(/-/g, "")}.zip`;
  return { name, blob: sealed || (await zipOf([...files, { name: "说明.txt", parts: [rescueText(OPEN_WORDS)] }])) };
}

async function sealFiles(key, files, chance) {
  const { about, parts } = await sealFor(key, await zipOf(files), chance);
  const sealed = [
    ["rescue.json", [rescueText(about)]],
    ["walk.enc", parts],
    ["说明.txt", [rescueText(SEALED_WORDS)]],
  ];
  return zipOf(sealed.map(([name, content]) => ({ name, parts: content })));
}

async function rescueFiles(box) {
  const base = await keepBase(box).catch(() => null);
  const { walk = { id: box.id }, ...rest } = base || { schema: "walkthrough-package/1" };
  const events = box.events.slice().sort(byCount);
  const data = {
    ...rest,
    walks: [{ ...walk, events: events.map((event) => ({ ...bareEvent(event), hash: event.hash })) }],
  };
  const refused = box.shelf.all(({ sent }) => sent === 2).map((event) => ({ ...bareEvent(event), why: event.why }));
  const media = [...box.media.values()];
  const raw = await Promise.all(media.filter(({ state, sort }) => state === "raw" && sort === "photo").map(rescueRaw));
  return [
    { name: "walk.json", parts: [rescueText(data)] },
    ...(refused.length + raw.length
      ? [{ name: "refused.json", parts: [rescueText({ events: refused, unsealed: raw })] }]
      : []),
    ...media.filter(({ state, sha256 }) => state !== "sent" && sha256).map(rescueHeld),
    ...raw.map((row) => ({ name: entryName(row), parts: [() => rawOf(row.evidence)] })),
  ];
}

const entryName = ({ sha256, type }) => `media/${sha256}.${ENDINGS[type.split("/")[1]] || type.split("/")[1]}`;

function rescueHeld(row) {
  const parts = row.slices.map((_, n) => async () => {
    const { bytes } = await getRow("slices", [row.id, n]);
    return bytes;
  });
  return { name: entryName(row), parts };
}

const rawOf = async (id) => new Blob([(await getRow("media", id)).raw]).arrayBuffer();

/** A picture that could not be made ready has no `sealed` event; this says which evidence it is. */
async function rescueRaw({ id, type, size }) {
  return { evidence: id, sha256: await hashOf(await rawOf(id)), size, type };
}
