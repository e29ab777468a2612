import { keepBase } from "./base.js";
import { openBox } from "./box.js";
import { takeClip } from "./clips.js";
import { inBase } from "./db.js";
import { factsOf } from "./exif.js";
import { flawOf } from "./flaws.js";
import { makeRescue } from "./rescue.js";
import { settleFiles } from "./settle.js";
import { storageFacts } from "./storage.js";
import { startSync, wakeSync } from "./sync.js";
import { equip } from "./tools.js";

const BASE_PAUSE = 10e3; // ms after opening, when the page has long been there

/** Give every box, open or still to be opened, what it needs for sending, recordings and the way out. */
export function equipBoxes() {
  equip({ beginWork, wakeSync, settleFiles, takeClip, factsOf, flawOf, makeRescue, storageFacts });
}

function beginWork(box) {
  settleFiles(box);
  box.measure();
  startSync(box);
  const timer = setTimeout(() => keepBase(box).catch(() => {}), BASE_PAUSE);
  box.ends.push(() => clearTimeout(timer));
}

/** Open the boxes of other walks that still hold something unsent, so that it gets away too; resolves to them. */
export async function openOthers(id) {
  const rows = await inBase(["walks"], (tx) => tx.objectStore("walks").getAll(), "readonly").catch(() => []);
  const others = rows
    .filter((row) => row.id !== id)
    .map((row) => ({ ...row, walk: { id: row.id, owner: row.owner }, events: [] }));
  const boxes = await Promise.all(others.map(openBox));
  return boxes.filter((box) => box.report().unsent || box.close());
}
