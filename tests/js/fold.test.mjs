import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../static/js/walk/fold.js";
import { elapsed, inOrder } from "../../static/js/walk/order.js";
import { runningSeconds } from "../../static/js/walk/runs.js";
import { Log, moment, vectors } from "./vectors.mjs";

for (const { name, events, state } of vectors("fold")) {
  test(`the fold says what Python's says: ${name}`, () => {
    assert.deepEqual(fold(events), state);
  });

  test(`order of arrival and repeats change nothing: ${name}`, () => {
    for (const step of [2, 3, 5]) {
      const shuffled = events.map((event, i) => [(i * 7919) % step, i, event]).sort(([a, i], [b, j]) => a - b || j - i);
      assert.deepEqual(fold([...shuffled.map(([, , event]) => event), ...events.slice(2)]), state);
    }
  });

  test(`the fold leaves the events as they are: ${name}`, () => {
    const before = JSON.stringify(events);
    fold(events);
    assert.equal(JSON.stringify(events), before);
  });
}

test("a kind nobody knows is passed over", () => {
  const log = new Log();
  log.add("start", 0, null, { mode: "in_person" });
  log.add("from_the_future", 1);
  assert.equal(fold(log.events).last_at, moment(0));
});

test("the running step is counted by the page's own clock, whatever the wall says", () => {
  const log = new Log();
  log.add("step_start", 0, "query", {}, { mono: 1000, boot: "b" });
  const now = { at: moment(600), mono: 91_499, boot: "b" };
  assert.equal(runningSeconds(fold(log.events), log.events, now), 90);
});

test("after a reload the running step is counted by the wall", () => {
  const log = new Log();
  log.add("step_start", 0, "query", {}, { mono: 1000, boot: "b" });
  assert.equal(runningSeconds(fold(log.events), log.events, { at: moment(3), mono: 5, boot: "c" }), 180);
});

test("a clock set back never gives a length below nothing", () => {
  const log = new Log();
  log.add("step_start", 0, "query");
  assert.equal(runningSeconds(fold(log.events), log.events, { at: moment(-3), mono: 5, boot: "c" }), 0);
});

test("nothing running, nothing counted", () => {
  const log = new Log();
  log.add("step_start", 0, "query");
  log.add("pause", 1);
  assert.equal(runningSeconds(fold(log.events), log.events, { at: moment(9), mono: 5, boot: "c" }), 0);
});

test("another device's monotonic clock is not compared", () => {
  const start = { at: moment(0), mono: 0, boot: "b", device: "phone" };
  assert.equal(elapsed(start, { at: moment(1), mono: 5e6, boot: "b", device: "tablet" }), 60);
});

test("the order of taps is the device's own", () => {
  const log = new Log();
  log.add("note", 5, "query", { text: "first" });
  log.add("note", 1, "query", { text: "second" });
  const flags = [];
  const texts = inOrder([...log.events].reverse(), flags).map(({ payload }) => payload.text);
  assert.deepEqual([texts, flags], [["first", "second"], ["clock_back"]]);
});
