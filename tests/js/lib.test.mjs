import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { canonical, digest } from "../../static/js/lib/canonical.js";
import { Sha256, sha256 } from "../../static/js/lib/sha256.js";
import { face, localDay, shownClock, wholeMinutes } from "../../static/js/lib/time.js";
import { uuid4 } from "../../static/js/lib/uuid.js";
import { vectors } from "./vectors.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const theirs = (bytes) => createHash("sha256").update(bytes).digest("hex");

for (const { value, text, digest: hash } of vectors("record").canonical) {
  test(`equal data gives the bytes and the hash that Python gives: ${JSON.stringify(value).slice(0, 40)}`, () => {
    assert.equal(new TextDecoder().decode(canonical(value)), text);
    assert.equal(digest(value), hash);
  });
}

test("what is not there is left out", () => {
  assert.equal(new TextDecoder().decode(canonical({ b: undefined, a: 1 })), '{"a":1}');
});

for (const size of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 262_144, 1_000_003]) {
  test(`the hash of ${size} bytes`, () => {
    const bytes = new Uint8Array(randomBytes(size));
    assert.equal(sha256(bytes), theirs(bytes));
  });
}

test("the hash of bytes that come piece by piece", () => {
  const whole = new Uint8Array(randomBytes(1500));
  for (const piece of [1, 7, 63, 64, 65, 200, 1499]) {
    const hash = new Sha256();
    for (let at = 0; at < whole.length; at += piece) hash.add(whole.subarray(at, at + piece));
    assert.equal(hash.hex(), theirs(whole), piece);
    assert.equal(hash.hex(), theirs(whole), "asked twice");
  }
});

test("a hash of a part of a buffer takes that part only", () => {
  const whole = new Uint8Array(randomBytes(1000));
  assert.equal(sha256(whole.subarray(13, 713)), theirs(whole.subarray(13, 713)));
});

test("ids are version 4 UUIDs, and new each time", () => {
  const made = Array.from({ length: 200 }, uuid4);
  assert.ok(made.every((id) => UUID.test(id)));
  assert.equal(new Set(made).size, 200);
});

test("ids are made without crypto too", () => {
  const known = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  const made = [uuid4(), uuid4()];
  if (known) Object.defineProperty(globalThis, "crypto", known);
  assert.ok(made.every((id) => UUID.test(id)) && made[0] !== made[1]);
});

test("clocks and days are those of China, wherever the phone is", () => {
  assert.equal(shownClock("2026-11-22T16:05:59.999Z"), "00:05");
  assert.equal(localDay("2026-11-22T16:05:00.000Z"), "2026-11-23");
  assert.equal(localDay("2026-11-22T10:00:00+08:00"), "2026-11-22");
});

test("seconds on a clock face, and in whole minutes", () => {
  assert.deepEqual([0, 59.9, 1398, 3723].map(face), ["00:00", "00:59", "23:18", "1:02:03"]);
  assert.deepEqual([0, 20, 89, 90, 150].map(wholeMinutes), [1, 1, 1, 2, 3]);
});
