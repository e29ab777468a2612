/* Two clocks: what time it is, and how much went by. A phone may sleep, and its clock may be changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { refreshBox } from "../../static/js/offline/courier.js";
import { PhoneClock } from "../../static/js/offline/ticks.js";
import { until, world } from "./offline-world.mjs";

const HOUR = 3600e3;

/** A phone whose two clocks are moved by hand. */
function clocks(t) {
  const hands = { wall: Date.UTC(2026, 10, 22, 1), ran: 1000 };
  t.mock.method(Date, "now", () => hands.wall);
  t.mock.method(performance, "now", () => hands.ran);
  return {
    pass(ms, ran = ms) {
      hands.wall += ms;
      hands.ran += ran;
    },
    hands,
  };
}

test("time goes by the same on both", (t) => {
  const { pass } = clocks(t);
  const clock = new PhoneClock();
  const start = clock.now();
  pass(90e3);
  clock.look(false);
  const stop = clock.now();
  assert.equal(Date.parse(stop.at) - Date.parse(start.at), 90e3);
  assert.equal(stop.mono - start.mono, 90e3);
  assert.equal(stop.boot, start.boot);
});

test("a phone that slept while it was put away is awake again with the time that went by", (t) => {
  const { pass } = clocks(t);
  const clock = new PhoneClock();
  const start = clock.now();
  for (let n = 0; n < 4; n++) {
    pass(10e3);
    clock.look(true);
    pass(100e3, 1000); // asleep
    clock.look(true);
  }
  assert.equal(clock.now().mono - start.mono, 440e3);
  assert.equal(clock.jump(), 0);
});

for (const [name, change] of [
  ["forward a day", 24 * HOUR],
  ["back an hour", -HOUR],
]) {
  test(`a clock put ${name} under our eyes is told once, and does not move the events`, (t) => {
    const { pass } = clocks(t);
    const clock = new PhoneClock();
    const start = clock.stamp();
    pass(60e3 + change, 60e3);
    clock.look(false);
    assert.equal(clock.jump(), change / 1000);
    const stop = clock.stamp();
    assert.equal(stop.mono - start.mono, 60e3);
    assert.equal(Date.parse(stop.at) - Date.parse(start.at), 60e3);
    assert.equal(clock.jump(), 0);
  });
}

test("a clock put back while the page was away cannot be sleep", (t) => {
  const { pass } = clocks(t);
  const clock = new PhoneClock();
  pass(60e3 - HOUR, 60e3);
  clock.look(true);
  assert.equal(clock.jump(), -3600);
});

test("a clock put forward while the page was away looks like sleep until the server speaks", (t) => {
  const { pass, hands } = clocks(t);
  const clock = new PhoneClock();
  clock.tune(hands.wall, hands.wall);
  clock.stamp();
  pass(60e3 + HOUR, 60e3);
  clock.look(true);
  assert.equal(clock.jump(), 0);
  clock.tune(hands.wall - HOUR, hands.wall);
  assert.equal(clock.jump(), 3600);
  assert.equal(Date.parse(clock.now().at), hands.wall - HOUR);
});

test("a phone that was always wrong takes the server's time without a word, if no event had its own", (t) => {
  const { hands } = clocks(t);
  const clock = new PhoneClock();
  clock.tune(hands.wall + HOUR, hands.wall);
  assert.equal(clock.jump(), 0);
  assert.equal(Date.parse(clock.now().at), hands.wall + HOUR);
  clock.tune(hands.wall + HOUR + 1500, hands.wall);
  assert.equal(clock.offset, HOUR);
});

test("the server's time is kept over a reload, and a change against it is an event of its own", async (t) => {
  const { server, open } = await world(t);
  server.now = () => new Date(Date.now() + HOUR).toISOString();
  const box = await open();
  await refreshBox(box);
  await box.add([{ kind: "note", payload: { text: "one" } }]);
  await until(box);
  box.close();
  server.always = "offline";
  const again = await open({ ...server.island(), now: undefined });
  assert.ok(Math.abs(Date.parse(again.now().at) - Date.now() - HOUR) < 5000);
  server.now = () => new Date(Date.now()).toISOString();
  server.always = "";
  await again.add([{ kind: "note", payload: { text: "two" } }]);
  await until(again, () => server.fromPhone.some(({ kind }) => kind === "clock"));
  const { payload } = server.fromPhone.find(({ kind }) => kind === "clock");
  assert.ok(Math.abs(payload.jump - 3600) < 5, String(payload.jump));
  await until(again);
  assert.equal(server.fromPhone.filter(({ kind }) => kind === "clock").length, 1);
});
