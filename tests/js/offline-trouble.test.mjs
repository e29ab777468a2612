/* Storage that fails: closed by the system, full, shut, emptied under the page. No tap is lost while the page lives. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forceCloseDatabase } from "fake-indexeddb";
import { digest } from "../../static/js/lib/canonical.js";
import { bareEvent } from "../../static/js/offline/chain.js";
import { inBase } from "../../static/js/offline/db.js";
import { emptyBase, fakePhoto, pause, rows, until, world } from "./offline-world.mjs";

const note = (text) => ({ kind: "note", payload: { text } });
const texts = (events) =>
  events
    .filter(({ kind }) => kind === "note")
    .map(({ payload }) => payload.text)
    .sort();
const PHOTO = { kind: "photo", step: null, payload: {} };

/** Let every write of what `isBad` finds fail as a full disk does, until the test is over or the returned function is called. */
function fullDisk(t, isBad) {
  const { put } = IDBObjectStore.prototype;
  const mend = () => Object.assign(IDBObjectStore.prototype, { put });
  IDBObjectStore.prototype.put = function (value) {
    const request = put.call(this, value);
    const { transaction } = this;
    if (!isBad(value) || transaction.isFull) return request;
    transaction.isFull = true;
    Object.defineProperty(transaction, "error", { value: new DOMException("full", "QuotaExceededError") });
    queueMicrotask(() => transaction.abort());
    return request;
  };
  t.after(mend);
  return mend;
}

/** Let IndexedDB be shut, as in some private windows. */
function shut(t) {
  const { transaction } = IDBDatabase.prototype;
  const mend = () => Object.assign(IDBDatabase.prototype, { transaction });
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("no", "InvalidStateError");
  };
  t.after(mend);
  return mend;
}

const connection = () => inBase(["meta"], (tx) => tx.raw.db, "readonly");

test("a connection that the system closed is opened again, and the tap is stored", async (t) => {
  const { open } = await world(t);
  const box = await open();
  forceCloseDatabase(await connection());
  await box.add([note("one")]);
  (await connection()).close();
  await box.add([note("two")]);
  assert.deepEqual(texts(await rows("events")), ["one", "two"]);
  assert.equal(box.report().trouble, "");
});

test("when nothing can be stored, taps live in memory, trouble stays up, and they are sent", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  await box.add([note("stored")]);
  const mend = shut(t);
  const [event] = await box.add([note("one")]);
  await box.add([note("two")]);
  assert.match(box.report().trouble, /存不了/);
  assert.deepEqual(texts(box.events), ["one", "stored", "two"]);
  assert.deepEqual([event.seq, event.prev], [1, null]);
  await until(box, () => server.fromPhone.length === 3);
  assert.match(box.report().trouble, /存不了/);
  mend();
  await box.add([note("three")]);
  assert.equal(box.report().trouble, "");
  assert.deepEqual(texts(await rows("events")), ["one", "stored", "three", "two"]);
});

test("a box that could not open at first is there, works, and finds its store again by itself", async (t) => {
  const { server, open } = await world(t);
  server.always = "offline";
  const before = await open();
  await before.add([note("before")]);
  before.close();
  const mend = shut(t);
  const box = await open();
  await box.add([note("one")]);
  assert.match(box.report().trouble, /存不了/);
  assert.deepEqual(texts(box.events), ["one"]);
  mend();
  await until(box, () => box.report().trouble === "");
  assert.deepEqual(texts(box.events), ["before", "one"]);
  server.always = "";
  await until(box);
  assert.deepEqual(texts(server.fromPhone), ["before", "one"]);
});

test("a photo that does not fit is refused aloud; answers are still kept", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  fullDisk(t, (value) => value.raw);
  await assert.rejects(box.addFile(fakePhoto(), PHOTO), { message: "手机空间不足，照片没有存上，请清理空间后再选。" });
  await box.add([note("one")]);
  assert.deepEqual(
    (await rows("events")).map(({ kind }) => kind),
    ["note"],
  );
  assert.equal(box.report().trouble, "");
  await until(box);
  assert.equal(server.fromPhone.length, 1);
});

test("a photo that fits, but not its slices, waits for space and is never called sent", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  const mend = fullDisk(t, (value) => Array.isArray(value.id));
  const { id } = await box.addFile(fakePhoto(), PHOTO);
  await box.settling;
  assert.match(box.report().trouble, /照片存下了但还传不了/);
  assert.equal((await rows("media"))[0].state, "raw");
  mend();
  await until(box);
  assert.ok(server.media.has(id));
  assert.equal(box.report().trouble, "");
});

test("a full disk keeps taps in memory, and stores them when there is space", async (t) => {
  const { server, open } = await world(t);
  server.always = "offline";
  const box = await open();
  const mend = fullDisk(t, (value) => value.kind);
  await box.add([note("one")]);
  assert.match(box.report().trouble, /空间不足/);
  assert.deepEqual(await rows("events"), []);
  mend();
  await until(box, () => box.report().trouble === "");
  assert.deepEqual(texts(await rows("events")), ["one"]);
});

test("a store emptied under the page is filled again with all taps; photos that are gone say so", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.always = "offline";
  await box.add([note("one")]);
  const { id } = await box.addFile(fakePhoto(), PHOTO);
  await box.settling;
  await emptyBase();
  await box.add([note("two")]);
  assert.deepEqual(texts(await rows("events")), ["one", "two"]);
  assert.deepEqual(
    box.report().refused.map(({ id: one, kind, why }) => [one, kind, why.slice(0, 9)]),
    [[id, "photo", "浏览器清除过本机数"]],
  );
  const island = server.island();
  box.close();
  const again = await open(island);
  assert.deepEqual(texts(again.events), ["one", "two"]);
  assert.equal(again.report().refused.length, 1);
  server.always = "";
  await until(again);
  for (const device of new Set(server.fromPhone.map((event) => event.device))) {
    const chain = server.fromPhone.filter((event) => event.device === device).sort((a, b) => a.seq - b.seq);
    chain.forEach((event, n) =>
      assert.deepEqual([event.seq, event.prev], [n + 1, n ? digest(bareEvent(chain[n - 1])) : null]),
    );
  }
});

test("a store emptied while the page was away is filled again when it comes back", async (t) => {
  const { server, open } = await world(t);
  server.always = "offline";
  const box = await open();
  await box.add([note("one")]);
  await emptyBase();
  await box.awake();
  assert.deepEqual(texts(await rows("events")), ["one"]);
  await box.add([note("two")]);
  server.always = "";
  await until(box);
  assert.deepEqual(texts(server.fromPhone), ["one", "two"]);
});

test("the same walk of another owner is neither shown nor sent under this one's name", async (t) => {
  const { server, open } = await world(t);
  server.always = "offline";
  const first = await open();
  await first.add([note("hers")]);
  first.close();
  server.owner = "somebody else";
  server.token = "his";
  const second = await open();
  await second.add([note("his")]);
  assert.deepEqual(texts(second.events), ["his"]);
  assert.match(second.report().trouble, /另一位同志/);
  server.always = "";
  await until(second, () => server.fromPhone.length > 0);
  await pause(20);
  assert.deepEqual(texts(server.fromPhone), ["his"]);
  assert.deepEqual(texts(await rows("events")), ["hers"]);
});
