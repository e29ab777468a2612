/* Taps: stored first, numbered once, sent once, never called sent before the server named them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { digest } from "../../static/js/lib/canonical.js";
import { bareEvent } from "../../static/js/offline/chain.js";
import { refreshBox } from "../../static/js/offline/courier.js";
import { pause, rows, troubles, until, world } from "./offline-world.mjs";

const note = (text) => ({ kind: "note", payload: { text } });
const texts = (events) =>
  events
    .filter(({ kind }) => kind === "note")
    .map(({ payload }) => payload.text)
    .sort();

function checkChain(events) {
  const ordered = [...events].sort((a, b) => a.seq - b.seq);
  let prev = null;
  ordered.forEach((event, n) => {
    assert.equal(event.seq, n + 1);
    assert.equal(event.prev, prev);
    prev = digest(bareEvent(event));
  });
}

test("a tap is in the store when add() says so, and its events are chained", async (t) => {
  const { server, open } = await world(t);
  server.ahead = Array(50).fill("offline");
  const box = await open();
  const [first, second] = await box.add([note("one"), { kind: "pause" }]);
  assert.deepEqual((await rows("events")).map(({ id }) => id).sort(), [first.id, second.id].sort());
  assert.match(first.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(Number.isInteger(first.mono));
  assert.equal(second.step, null);
  await box.add([note("two")]);
  checkChain(await rows("events"));
  assert.deepEqual([box.report().unsent, box.report().waiting], [3, 3]);
  assert.equal(box.events.length, 3);
});

for (const trouble of [...troubles, "hang"]) {
  test(`${trouble}: nothing is lost, doubled, or called sent`, async (t) => {
    const { server, open } = await world(t);
    const box = await open();
    server.always = trouble;
    await box.add([note("one"), note("two")]);
    for (let n = 0; n < 20; n++) {
      box.sync(true);
      await pause(5);
    }
    assert.ok(server.log.some((line) => line.startsWith("PUT")));
    assert.equal(box.report().unsent, 2);
    assert.ok((await rows("events")).every(({ sent }) => sent === 0));
    if (trouble === "hang") return;
    server.always = "";
    await until(box);
    assert.deepEqual(texts(server.fromPhone), ["one", "two"]);
    assert.deepEqual(
      (await rows("events")).map(({ sent }) => sent),
      [1, 1],
    );
    checkChain(server.fromPhone);
  });
}

test("two tabs number their taps from one count, and each tap arrives once", async (t) => {
  const { server, open } = await world(t);
  const [one, two] = [await open(), await open()];
  await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).add([note(`n${n}`)])));
  await until(one, () => server.fromPhone.length === 20);
  checkChain(server.fromPhone);
  assert.equal(new Set(server.fromPhone.map(({ device }) => device)).size, 1);
  await until(two, () => one.events.length === 20 && two.events.length === 20);
});

test("what the server rejects by name is put aside with the reason, and the rest goes on", async (t) => {
  const { server, open } = await world(t);
  server.poison = (event) => event.payload.text === "bad";
  const box = await open();
  await box.add([note("a"), note("bad"), note("b")]);
  await until(box);
  const { refused } = box.report();
  assert.deepEqual(
    refused.map(({ kind, why, payload }) => [kind, why, payload.text]),
    [["note", "没有收下。", "bad"]],
  );
  assert.deepEqual(texts(box.events), ["a", "b"]);
  await box.drop(refused[0].id);
  assert.deepEqual(box.report().refused, []);
  box.close();
  assert.deepEqual(texts((await open()).events), ["a", "b"]);
});

for (const status of [413, 422, 500]) {
  test(`an event that makes the server answer ${status} does not block the others`, async (t) => {
    const { server, open } = await world(t);
    server.poison = (event) => event.payload.text === "n13" && status;
    const box = await open();
    await box.add(Array.from({ length: 40 }, (_, n) => note(`n${n}`)));
    await until(box, () => server.fromPhone.length === 39 && !box.isBusy && (status === 500 || box.report().unsent === 0));
    assert.equal(box.report().refused.length, status === 500 ? 0 : 1);
    assert.equal(box.report().unsent, status === 500 ? 1 : 0);
  });
}

test("no more than a hundred events travel together", async (t) => {
  const { server, open } = await world(t);
  const sizes = [];
  const take = server.takeEvents.bind(server);
  server.takeEvents = (data) => sizes.push(data.events.length) && take(data);
  const box = await open();
  await box.add(Array.from({ length: 230 }, (_, n) => note(`n${n}`)));
  await until(box);
  assert.deepEqual(sizes, [100, 100, 30]);
});

test("an unknown token asks for signing in, loses nothing, and goes on with the new one", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.token = "second one";
  server.signedOut = true;
  await box.add([note("one")]);
  await until(box, () => box.report().signin);
  assert.equal(box.report().unsent, 1);
  server.signedOut = false;
  assert.equal(await refreshBox(box), true);
  await until(box);
  assert.deepEqual([box.report().signin, texts(server.fromPhone)], [false, ["one"]]);
});

test("another person's page gives no token", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.token = "second one";
  server.owner = "somebody else";
  await box.add([note("one")]);
  await until(box, () => box.report().signin && !box.isBusy);
  assert.equal(await refreshBox(box), false);
  assert.equal(server.fromPhone.length, 0);
});

test("a page opened again knows what was there, and says from when it is", async (t) => {
  const { server, open } = await world(t);
  const first = await open();
  assert.equal(first.report().restored, null);
  server.ahead = Array(50).fill("offline");
  const [, event] = await first.add([note("one"), note("two")]);
  const island = server.island();
  first.close();
  const second = await open(island);
  assert.deepEqual(second.report().restored, { at: event.at, count: 2 });
  assert.deepEqual(texts(second.events), ["one", "two"]);
  server.ahead = [];
  await until(second);
  await second.add([note("three")]);
  await until(second);
  checkChain(server.fromPhone);
});

test("what the server knows is in the box, also when the page is older than the box", async (t) => {
  const { server, open } = await world(t);
  const old = server.island();
  server.make("note", { text: "from the office" });
  const box = await open();
  assert.deepEqual(texts(box.events), ["from the office"]);
  box.close();
  assert.deepEqual(texts((await open(old)).events), ["from the office"]);
});

test("a server set back to an older time gets again what it forgot; an old page proves nothing", async (t) => {
  const { server, open } = await world(t);
  const old = server.island();
  const box = await open();
  await box.add([note("one")]);
  await until(box);
  box.close();
  assert.equal((await open(old)).report().unsent, 0);
  server.events.clear();
  server.now = () => new Date(Date.now() + 3600e3).toISOString();
  const again = await open();
  await until(again, () => server.fromPhone.length > 0);
  assert.ok(texts(server.fromPhone).includes("one"));
});

test("another walk's leftovers are sent too", async (t) => {
  const { server, open } = await world(t);
  server.ahead = Array(20).fill("offline");
  const box = await open();
  await box.add([note("one")]);
  box.close();
  server.ahead = [];
  const { openOthers } = await import("../../static/js/offline/equipment.js");
  const [other] = await openOthers("the walk that is open");
  t.after(() => other.close());
  await until(other);
  assert.deepEqual(texts(server.fromPhone), ["one"]);
});

test("fifty rounds of bad luck in two tabs that are killed again and again: every tap once", async (t) => {
  const { server, open } = await world(t);
  let seed = 20261122;
  const dice = (n) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
  const tabs = [await open(), await open()];
  const wanted = [];
  for (let n = 0; n < 50; n++) {
    if (dice(2)) server.ahead.push(troubles[dice(troubles.length)]);
    const tab = dice(2);
    wanted.push(`n${n}`);
    await tabs[tab].add([note(`n${n}`)]);
    tabs[dice(2)].sync(true);
    if (dice(4) === 0) {
      tabs[tab].close();
      tabs[tab] = await open();
    }
    await pause(dice(8));
  }
  server.ahead = [];
  await until(tabs[0], () => server.fromPhone.length >= 50 && tabs[0].report().unsent === 0);
  assert.deepEqual(texts(server.fromPhone), wanted.sort());
  checkChain(server.fromPhone);
  assert.ok((await rows("events")).filter(({ kind }) => kind === "note").every(({ sent }) => sent === 1));
});
