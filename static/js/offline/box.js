import { dropRows, getRow, piecesOf, putRow, slicesOf } from "./db.js";
import { takeFile } from "./intake.js";
import { Keeper } from "./keeper.js";
import { blobOf, dropMedium } from "./media.js";
import { reportOf } from "./report.js";
import { joinTabs } from "./tabs.js";
import { arrivalOf } from "./ticks.js";
import { serveBox, tools, wakeBox } from "./tools.js";
import { askToPersist } from "./trouble.js";

const TAP_PAUSE = 300; // ms from a tap to sending, so that taps travel together

/** Open a walk's box: what this phone keeps of it, together with what the page brought. Never rejects. */
export async function openBox(island) {
  const box = new Box(island);
  await box.load().catch((error) => box.fail(error));
  const mark = box.isOpen && (await getRow("meta", `camera ${box.id}`).catch(() => null));
  box.camera = mark ? mark.value : "";
  box.start();
  return box;
}

class Box extends Keeper {
  constructor(island) {
    super(island);
    this.events = this.shelf.events;
    Object.assign(this, { failures: 0, broken: 0, notBefore: 0, locked: 0, pending: 0, sending: 0, timer: 0, calmTill: 0 });
    Object.assign(this, { problem: "", signin: false, opened: Date.now(), camera: "", facts: {} });
  }

  start() {
    const arrival = arrivalOf();
    this.isCurrent = arrival > 0 || !this.island.now;
    if (arrival) this.clock.tune(Date.parse(this.island.now), arrival);
    joinTabs(this);
    serveBox(this);
  }

  reload() {
    return this.isClosed ? Promise.resolve() : this.load().catch((error) => this.fail(error));
  }

  /** The page is shown or put away: time may have passed, another tab may have written, the network may be back. */
  async awake() {
    this.clock.look(true);
    wakeBox(this, 0);
    if (globalThis.document && document.hidden) return;
    await this.reload();
    this.settle();
  }

  /** Another number whenever the events may have changed. */
  get version() {
    return this.shelf.version;
  }

  now() {
    return this.clock.now();
  }

  /** Add events [{kind, step, payload}]; resolves to them once they are safe, or held in memory with `trouble` shown. */
  async add(drafts) {
    const made = this.draw(drafts);
    const events = await this.put(made).catch((error) => this.drift(made, error));
    askToPersist(this);
    wakeBox(this, TAP_PAUSE);
    return events.slice(events.length - drafts.length);
  }

  /** Add a photo or a recording; throws an Error with a sentence for the user when it is not taken. */
  async addFile(blob, draft) {
    const event = await takeFile(this, blob, draft);
    askToPersist(this);
    wakeBox(this, TAP_PAUSE);
    return event;
  }

  preview(id) {
    return blobOf(id, false).catch(() => null);
  }

  picture(id) {
    return blobOf(id, true).catch(() => null);
  }

  /** Give up what was refused: the words are not shown any more, the file is deleted. */
  async drop(id) {
    const event = this.shelf.known.get(id);
    if (event && event.sent === 2) await this.note([{ ...event, why: "" }], []);
    if ((this.media.get(id) || {}).state === "refused") await dropMedium(this, id);
    this.emit(true);
  }

  mark(text) {
    return putRow("meta", { key: `camera ${this.id}`, value: text }).catch(() => {});
  }

  draft(key, n, bytes) {
    return putRow("slices", { id: [`${this.id} ${key}`, n], bytes });
  }

  drafts(key) {
    return piecesOf(`${this.id} ${key}`).catch(() => []);
  }

  undraft(key) {
    return dropRows("slices", slicesOf(`${this.id} ${key}`)).catch(() => {});
  }

  report() {
    return reportOf(this);
  }

  rescue() {
    return tools.makeRescue(this);
  }

  sync(isUrgent) {
    wakeBox(this, 0, isUrgent);
  }

  /** Make pictures ready to be sent. */
  settle() {
    if (tools.settleFiles) tools.settleFiles(this);
  }

  async measure() {
    if (!tools.storageFacts) return;
    this.facts = await tools.storageFacts();
    this.emit();
  }
}
