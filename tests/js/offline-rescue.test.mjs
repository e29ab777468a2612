/*
 * The way out when sending fails for long: the walk as a package, for the server's eyes only where the browser can encrypt.
 * `node --import ./modules.mjs offline-rescue.test.mjs --write` makes the vector that the server's tests read.
 */
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { crc32, zipOf } from "../../static/js/lib/zip.js";
import { makeRescue } from "../../static/js/offline/rescue.js";
import { sealFor } from "../../static/js/offline/seal.js";
import { inBase } from "../../static/js/offline/db.js";
import { fakePhoto, rows, sha, world } from "./offline-world.mjs";

const { subtle } = webcrypto;
const P256 = { name: "ECDH", namedCurve: "P-256" };
const VECTORS = new URL("../vectors/", import.meta.url);
const text = (value) => new TextEncoder().encode(value);
const url64 = (bytes) => Buffer.from(bytes).toString("base64url");
const EVIDENCE = "22222222-2222-4222-8222-222222222222";
const PHOTO = { kind: "photo", step: "queue", payload: {} };

/** Read a stored ZIP by its index, as a program that trusts nothing would. */
async function unzip(blob) {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  const files = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < bytes.readUInt16LE(end + 10); n++) {
    const [crc, size, nameLength, from] = [16, 20, 28, 42].map((where) =>
      where === 28 ? bytes.readUInt16LE(at + where) : bytes.readUInt32LE(at + where),
    );
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString();
    assert.equal(bytes.readUInt32LE(from), 0x04034b50);
    assert.equal(bytes.readUInt16LE(from + 26), nameLength);
    const data = bytes.subarray(from + 30 + nameLength, from + 30 + nameLength + size);
    assert.equal(crc32(data), crc);
    files[name] = data;
    at += 46 + nameLength;
  }
  assert.equal(at, end);
  return files;
}

/** What the server does with it: the description in /rescue.json is all it knows besides its own key. */
async function unseal(files, privateKey) {
  const { schema, epk, salt, chunk, nonce } = JSON.parse(files["rescue.json"]);
  const ephemeral = await subtle.importKey("raw", Buffer.from(epk, "base64url"), P256, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: ephemeral }, privateKey, 256);
  const seed = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: Buffer.from(salt, "base64url"), info: text(schema) };
  const key = await subtle.deriveKey(hkdf, seed, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const parts = [];
  const sealed = files["walk.enc"];
  for (let at = 0, n = 0; at < sealed.length; at += chunk + 16, n++) {
    const iv = Buffer.concat([Buffer.from(nonce, "base64url"), Buffer.from([0, 0, 0, n])]);
    const additionalData = text(at + chunk + 16 < sealed.length ? "more" : "last");
    parts.push(
      Buffer.from(await subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, sealed.subarray(at, at + chunk + 16))),
    );
  }
  return new Blob(parts);
}

async function stuckBox(t) {
  const { server, open } = await world(t);
  const base = {
    schema: "walkthrough-package/1",
    campaign: { title: "a" },
    unit: { name: "b" },
    questionnaires: [],
    walk: { id: server.walk, mode: "in_person" },
  };
  server.base = base;
  server.make("note", { text: "from the server" });
  server.always = "offline";
  const box = await open();
  await box.add([{ kind: "note", payload: { text: "mine" } }]);
  await box.addFile(fakePhoto(), PHOTO);
  await box.settling;
  return { box, server };
}

test("CRC-32 is that of every other program", () => {
  assert.equal(crc32(text("123456789")), 0xcbf43926);
  assert.equal(crc32(text("6789"), crc32(text("12345"))), 0xcbf43926);
});

test("a ZIP holds its files byte for byte; one that cannot be read is left out", async () => {
  const gone = async () => {
    throw new Error("gone");
  };
  const blob = await zipOf([
    { name: "说明.txt", parts: [text("一"), async () => text("二").buffer] },
    { name: "gone", parts: [text("x"), gone] },
    { name: "empty", parts: [] },
  ]);
  const files = await unzip(blob);
  assert.deepEqual(Object.keys(files), ["说明.txt", "empty"]);
  assert.equal(files["说明.txt"].toString(), "一二");
});

test("without a key the package is open: the walk, all its events, and what is still held", async (t) => {
  const { box } = await stuckBox(t);
  const { name, blob } = await box.rescue();
  assert.match(name, /^办事记录-\d{8}\.zip$/);
  const files = await unzip(blob);
  const data = JSON.parse(files["walk.json"]);
  assert.deepEqual(Object.keys(data), ["schema", "campaign", "unit", "questionnaires", "walks"]);
  assert.equal(data.walks[0].mode, "in_person");
  assert.deepEqual(data.walks[0].events.map(({ kind }) => kind).sort(), ["note", "note", "photo", "sealed"]);
  assert.deepEqual(Object.keys(data.walks[0].events[0]), [
    "id",
    "walk",
    "device",
    "seq",
    "kind",
    "step",
    "payload",
    "at",
    "mono",
    "boot",
    "prev",
    "hash",
  ]);
  const photo = Buffer.from(await fakePhoto().arrayBuffer());
  assert.deepEqual(files[`media/${sha(photo)}.jpg`], photo);
  assert.match(files["说明.txt"].toString(), /没有加密/);
});

test("a photo that could not be made ready goes along, and which it is stands in refused.json", async (t) => {
  const { box } = await stuckBox(t);
  box.isClosed = true; // or it would be made ready
  const [row] = await rows("media");
  const photo = Buffer.from(await fakePhoto(900).arrayBuffer());
  const raw = { ...row, id: "raw one", state: "raw", raw: new Uint8Array(photo).buffer };
  await inBase(["media"], (tx) => tx.objectStore("media").put(raw));
  box.media.set(raw.id, raw);
  const files = await unzip((await box.rescue()).blob);
  assert.deepEqual(
    JSON.parse(files["refused.json"]).unsealed.map(({ evidence, sha256 }) => [evidence, sha256]),
    [["raw one", sha(photo)]],
  );
  assert.deepEqual(files[`media/${sha(photo)}.jpg`], photo);
});

test("with the server's key only the server can read it", async (t) => {
  const { box } = await stuckBox(t);
  const pair = await subtle.generateKey(P256, true, ["deriveBits"]);
  box.island.rescue = { kid: "k1", key: url64(await subtle.exportKey("raw", pair.publicKey)) };
  const files = await unzip((await box.rescue()).blob);
  assert.deepEqual(Object.keys(files), ["rescue.json", "walk.enc", "说明.txt"]);
  assert.equal(JSON.parse(files["rescue.json"]).kid, "k1");
  const inner = await unzip(await unseal(files, pair.privateKey));
  assert.equal(JSON.parse(inner["walk.json"]).walks[0].events.length, 4);
  const other = await subtle.generateKey(P256, true, ["deriveBits"]);
  await assert.rejects(unseal(files, other.privateKey));
});

test("large packages are sealed in pieces, and a missing end is noticed", async () => {
  const pair = await subtle.generateKey(P256, true, ["deriveBits"]);
  const plain = Buffer.alloc(2 * 1048576 + 5, 3);
  const { about, parts } = await sealFor(
    { kid: "k", key: url64(await subtle.exportKey("raw", pair.publicKey)) },
    new Blob([plain]),
  );
  const sealed = Buffer.concat(await Promise.all(parts.map(async (part) => Buffer.from(await part()))));
  assert.equal(sealed.length, plain.length + 3 * 16);
  const files = { "rescue.json": JSON.stringify(about), "walk.enc": sealed };
  assert.deepEqual(Buffer.from(await (await unseal(files, pair.privateKey)).arrayBuffer()), plain);
  await assert.rejects(unseal({ ...files, "walk.enc": sealed.subarray(0, 2 * (1048576 + 16)) }, pair.privateKey));
});

test("the vector that the server's tests read is what this code writes", async () => {
  const { about, files, zip } = await vector();
  if (process.argv.includes("--write")) {
    writeFileSync(new URL("rescue.json", VECTORS), `${JSON.stringify(about, null, 1)}\n`);
    writeFileSync(new URL("rescue.zip", VECTORS), zip);
  }
  assert.deepEqual(JSON.parse(readFileSync(new URL("rescue.json", VECTORS))), about);
  assert.ok(zip.equals(readFileSync(new URL("rescue.zip", VECTORS))));
  const privateKey = await keyOf(about.private, about.public);
  const inner = await unzip(await unseal(await unzip(new Blob([zip])), privateKey));
  assert.deepEqual(Object.fromEntries(Object.entries(inner).map(([name, data]) => [name, sha(data)])), files);
});

/** Everything that is otherwise left to chance is fixed here. */
async function vector() {
  const fixed = (name) => createHash("sha256").update(name).digest();
  const server = await pairOf(fixed("server"));
  const phone = await pairOf(fixed("phone"));
  const chance = {
    pair: phone,
    salt: new Uint8Array(fixed("salt").subarray(0, 16)),
    nonce: new Uint8Array(fixed("nonce").subarray(0, 8)),
  };
  const photo = fakePhoto(300);
  const walk = "11111111-1111-4111-8111-111111111111";
  const sha256 = sha(await photo.arrayBuffer());
  const box = rescueBox(walk, sha256, { kid: server.kid, key: server.public });
  const base = { schema: "walkthrough-package/1", walk: { id: walk } };
  const slice = { id: [EVIDENCE, 0], bytes: await photo.arrayBuffer() };
  await inBase(["meta"], (tx) => tx.objectStore("meta").put({ key: `base ${walk}`, value: base }));
  await inBase(["slices"], (tx) => tx.objectStore("slices").put(slice));
  const { blob } = await makeRescue(box, chance);
  const zip = Buffer.from(await blob.arrayBuffer());
  const inner = await unzip(await unseal(await unzip(blob), server.privateKey));
  const files = Object.fromEntries(Object.entries(inner).map(([name, data]) => [name, sha(data)]));
  return { about: { private: server.private, public: server.public, kid: server.kid, files }, files, zip };
}

function rescueBox(walk, sha256, rescue) {
  const event = {
    id: EVIDENCE,
    walk,
    device: "phone",
    seq: 1,
    kind: "photo",
    step: "queue",
    payload: { type: "image/jpeg", size: 300 },
    at: "2026-11-22T02:00:00.000Z",
    mono: 1000,
    boot: "boot",
    prev: null,
    hash: "0".repeat(64),
  };
  const sealed = {
    ...event,
    id: "33333333-3333-4333-8333-333333333333",
    seq: 2,
    kind: "sealed",
    payload: { evidence: event.id, sha256, size: 300, type: "image/jpeg" },
  };
  const row = { id: event.id, sort: "photo", type: "image/jpeg", state: "ready", sha256, slices: [{}] };
  const events = [event, sealed];
  return {
    id: walk,
    island: { rescue },
    row: { urls: {} },
    events,
    media: new Map([[row.id, row]]),
    shelf: { all: () => [] },
    now: () => ({ at: event.at }),
  };
}

async function pairOf(secret) {
  const { createECDH } = await import("node:crypto");
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(secret);
  const [priv, pub] = [url64(secret), url64(ecdh.getPublicKey())];
  const privateKey = await keyOf(priv, pub);
  const publicKey = await subtle.importKey("raw", ecdh.getPublicKey(), P256, true, []);
  const kid = createHash("sha256").update(ecdh.getPublicKey()).digest("hex").slice(0, 16);
  return { private: priv, public: pub, kid, privateKey, publicKey };
}

function keyOf(priv, pub) {
  const point = Buffer.from(pub, "base64url");
  const jwk = { kty: "EC", crv: "P-256", d: priv, x: url64(point.subarray(1, 33)), y: url64(point.subarray(33)) };
  return subtle.importKey("jwk", jwk, P256, false, ["deriveBits"]);
}
