/* Photos and recordings: the original first, then slices, then sent, and deleted here only when the server named the hash. */
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";
import { inBase } from "../../static/js/offline/db.js";
import { factsOf } from "../../static/js/offline/exif.js";
import { typeOf } from "../../static/js/offline/kinds.js";
import { fakePhoto, pause, rows, sha, troubles, until, world } from "./offline-world.mjs";

const PHOTO = { kind: "photo", step: "queue", payload: {} };
const VIDEO = { kind: "clip", step: "queue", payload: { sort: "video" } };
const bytesOf = async (blob) => Buffer.from(await blob.arrayBuffer());

function fakeVideo(size) {
  const bytes = Buffer.alloc(size, 5);
  bytes.write("\0\0\0\x18ftypisom", 0, "latin1");
  for (let at = 64; at + 4 < size; at += 512) bytes.writeUInt32BE(at, at);
  return new File([bytes], "a.mp4", { type: "video/mp4" });
}

test("a photo and its event are in the store when addFile() says so, then it is cut up and sent", async (t) => {
  const { server, open } = await world(t);
  server.always = "offline";
  const box = await open();
  const photo = fakePhoto();
  const event = await box.addFile(photo, PHOTO);
  assert.deepEqual(event.payload, { type: "image/jpeg", size: 3000, taken_at: "2026-11-22T00:00:00.000Z" });
  const [stored] = await rows("media");
  assert.equal(stored.id, event.id);
  assert.deepEqual(Buffer.from(stored.raw), await bytesOf(photo));
  await box.settling;
  const [row] = await rows("media");
  assert.deepEqual([row.raw, row.state, row.sha256], [null, "ready", sha(await photo.arrayBuffer())]);
  assert.equal((await rows("slices")).length, 3);
  const sealed = box.events.find(({ kind }) => kind === "sealed");
  assert.deepEqual(sealed.payload, { evidence: event.id, sha256: row.sha256, size: 3000, type: "image/jpeg" });
  assert.deepEqual(await bytesOf(await box.picture(event.id)), await bytesOf(photo));
  assert.equal(box.report().unsent, 3);
  server.always = "";
  await until(box);
  assert.deepEqual(server.media.get(event.id), await bytesOf(photo));
  assert.deepEqual(await rows("slices"), []);
  assert.ok(box.events.some(({ kind, payload }) => kind === "kept" && payload.evidence === event.id));
  assert.equal(box.report().media[0].state, "sent");
});

for (const trouble of troubles) {
  test(`${trouble} while a photo is sent: it arrives whole, once, and is kept here till then`, async (t) => {
    const { server, open } = await world(t);
    const box = await open();
    server.always = "offline";
    const { id } = await box.addFile(fakePhoto(), PHOTO);
    await box.settling;
    const island = server.island();
    for (let n = 0; n < 5; n++) {
      server.ahead = [...Array(n).fill("fine"), trouble, trouble];
      server.always = "offline";
      box.sync(true);
      await pause(10);
      if ((await rows("slices")).length < 3) assert.ok(server.media.has(id));
    }
    box.close();
    const again = await open(island);
    server.ahead = [];
    server.always = "";
    await until(again);
    assert.deepEqual(server.media.get(id), await bytesOf(fakePhoto()));
    assert.equal(server.fromPhone.length, 2);
    assert.deepEqual(await rows("slices"), []);
  });
}

test("slices that the server took are not sent again, those it lost are", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.always = "offline";
  await box.addFile(fakeVideo(8000), VIDEO);
  server.ahead = Array(5).fill("fine"); // the words, then four slices
  box.sync(true);
  await until(box, () => server.slices.size === 4);
  const first = [...server.slices.keys()];
  server.slices.delete(first[1]);
  server.log = [];
  server.ahead = [];
  server.always = "";
  await until(box);
  assert.equal(server.log.filter((line) => line.startsWith("PUT slices")).length, 5);
});

test("new words overtake a long recording", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  const video = await box.addFile(fakeVideo(60_000), VIDEO);
  await until(box, () => server.slices.size > 3);
  await box.add([{ kind: "note", payload: { text: "now" } }]);
  await until(box, () => server.fromPhone.some(({ kind }) => kind === "note"));
  assert.ok(!server.media.has(video.id));
  await until(box);
  assert.ok(server.media.has(video.id));
});

test("a recording is stored slice by slice before its event; the clip and what will be sent come together", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  const video = fakeVideo(5000);
  const event = await box.addFile(video, { ...VIDEO, payload: { sort: "video", seconds: 4 } });
  assert.deepEqual(event.payload, {
    sort: "video",
    seconds: 4,
    type: "video/mp4",
    size: 5000,
    taken_at: event.payload.taken_at,
  });
  assert.deepEqual((await rows("events")).map(({ kind }) => kind).sort(), ["clip", "sealed"]);
  await until(box);
  assert.deepEqual(server.media.get(event.id), await bytesOf(video));
});

test("a recording that a killed page did not finish storing is refused, and can be dropped", async (t) => {
  const { open } = await world(t);
  const box = await open();
  const row = {
    id: "half",
    walk: box.id,
    sort: "video",
    type: "video/mp4",
    size: 9,
    at: "2026",
    raw: null,
    preview: null,
    slices: [],
    state: "raw",
    why: "",
  };
  await inBase(["media", "slices"], (tx) =>
    Promise.all([
      tx.objectStore("media").put(row),
      tx.objectStore("slices").put({ id: ["half", 0], bytes: new ArrayBuffer(3) }),
    ]),
  );
  box.close();
  const again = await open();
  assert.deepEqual(
    again.report().refused.map(({ id, kind, why }) => [id, kind, why]),
    [["half", "clip", "录像没有存完，请重新选择。"]],
  );
  assert.equal(again.report().unsent, 0);
  await again.drop("half");
  assert.deepEqual([await rows("media"), await rows("slices")], [[], []]);
});

test("a photo that a killed page left raw is finished by the next one", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  box.isClosed = true; // dies before it can cut anything
  const { id } = await box.addFile(fakePhoto(), PHOTO);
  assert.equal((await rows("media"))[0].state, "raw");
  const again = await open();
  await until(again);
  assert.ok(server.media.has(id));
});

test("two tabs that make the same photo ready seal it once", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  box.isClosed = true;
  await box.addFile(fakePhoto(), PHOTO);
  const tabs = await Promise.all([open(), open()]);
  await Promise.all(tabs.map((tab) => tab.settling));
  await until(tabs[0]);
  assert.equal(server.fromPhone.filter(({ kind }) => kind === "sealed").length, 1);
});

test("what the server finds unusable is refused with its reason and still here", async (t) => {
  const { server, open } = await world(t);
  server.isUseless = true;
  const box = await open();
  const { id } = await box.addFile(fakePhoto(), PHOTO);
  await until(box, () => box.report().refused.length > 0);
  assert.deepEqual(
    box.report().refused.map(({ id: one, why }) => [one, why]),
    [[id, "照片打不开。"]],
  );
  assert.equal((await rows("slices")).length, 3);
});

test("a photo whose event the server forgot brings the event back, then goes", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.always = "offline";
  const { id } = await box.addFile(fakePhoto(), PHOTO);
  await box.settling;
  server.ahead = ["fine"];
  await until(box, () => server.events.size === 2);
  server.events.clear();
  server.now = () => new Date(Date.now() + 3600e3).toISOString();
  server.always = "";
  box.calmTill = 0;
  await until(box, () => server.media.has(id));
  assert.ok(server.events.has(id));
});

test("a photo whose bytes vanished says so and holds nothing up", async (t) => {
  const { server, open } = await world(t);
  const box = await open();
  server.always = "offline";
  await box.addFile(fakePhoto(3000, 1), PHOTO);
  const good = await box.addFile(fakePhoto(3000, 2), PHOTO);
  await box.settling;
  const [first] = (await rows("media")).filter(({ id }) => id !== good.id);
  await inBase(["slices"], (tx) => tx.objectStore("slices").delete([first.id, 1]));
  server.always = "";
  await until(box);
  assert.deepEqual(
    box.report().refused.map(({ why }) => why),
    ["这个文件在本机读不出来了，请重新选择。"],
  );
  assert.ok(server.media.has(good.id));
});

const REFUSALS = [
  ["an empty file", new File([], "a.jpg"), PHOTO, "文件是空的，请重新选择。"],
  [
    "a text called jpg",
    new File(["hello, I am no photo"], "a.jpg", { type: "image/jpeg" }),
    PHOTO,
    "这不是能用的照片，请换一个。",
  ],
  ["a video called jpg", fakeVideo(900), PHOTO, "这不是能用的照片，请换一个。"],
  ["a photo that is too large", fakePhoto(50_001), PHOTO, "照片有 0.0 MB，最大 0.0 MB，请换小一点的。"],
  ["a photo as a video", fakePhoto(), VIDEO, "这不是能用的录像，请换一个。"],
  [
    "a long video",
    fakeVideo(900),
    { kind: "clip", payload: { sort: "video", seconds: 750 } },
    "录像长 12 分 30 秒，最长 10 分 0 秒，请剪短后再选。",
  ],
];
for (const [name, file, draft, sentence] of REFUSALS) {
  test(`${name} is refused at once with one sentence`, async (t) => {
    const { open } = await world(t);
    const box = await open();
    await assert.rejects(box.addFile(file, draft), { message: sentence });
    assert.deepEqual([await rows("media"), await rows("slices"), await rows("events")], [[], [], []]);
  });
}

test("EXIF tells when and how a photo was taken, whatever its byte order; broken EXIF tells nothing", () => {
  for (const isLittle of [true, false]) {
    const facts = factsOf(jpegWithExif(isLittle, "2026:11:22 10:00:00", "+08:00"));
    assert.deepEqual(facts, { turn: 6, taken: "2026-11-22T02:00:00.000Z", width: 4000, height: 3000 });
  }
  const whole = jpegWithExif(true, "2026:11:22 10:00:00", "+08:00");
  for (let length = 0; length < whole.length; length++) factsOf(whole.slice(0, length));
  assert.equal(factsOf(jpegWithExif(true, "0000:00:00 00:00:00", "+08:00")).taken, "");
  assert.deepEqual(factsOf(new Uint8Array(fakeVideo(900).size)), { turn: 1, taken: "", width: 0, height: 0 });
});

test("files are known by their first bytes", () => {
  const head = (text) => Uint8Array.from(text.padEnd(40, "\0"), (one) => one.charCodeAt(0));
  assert.equal(typeOf(head("\0\0\0\x18ftypheic"), "photo"), "image/heic");
  assert.equal(typeOf(head("\0\0\0\x18ftypmp42\0\0\0\0isomheic"), "photo"), "image/heic");
  assert.equal(typeOf(head("\0\0\0\x10ftypisom\0\0\0\0heic"), "photo"), "");
  assert.equal(typeOf(head("\0\0\0\x14ftypqt  "), "video"), "video/quicktime");
  assert.equal(typeOf(head("\0\0\0\x14ftypM4A "), "voice"), "audio/mp4");
  assert.equal(typeOf(head("\x1a\x45\xdf\xa3"), "voice"), "audio/webm");
  assert.equal(typeOf(head("RIFF1234WEBPVP8 "), "photo"), "image/webp");
  assert.equal(typeOf(head("\x89PNG\r\n\x1a\n"), "photo"), "image/png");
  assert.equal(typeOf(head("OggS"), "voice"), "");
});

function jpegWithExif(isLittle, taken, zone) {
  const tiff = new DataView(new ArrayBuffer(140));
  const short = (at, value) => tiff.setUint16(at, value, isLittle);
  const long = (at, value) => tiff.setUint32(at, value, isLittle);
  const text = (at, value) => [...value].forEach((one, n) => tiff.setUint8(at + n, one.charCodeAt(0)));
  const entry = (at, tag, type, count, value) => {
    short(at, tag);
    short(at + 2, type);
    long(at + 4, count);
    if (type === 3) short(at + 8, value);
    else long(at + 8, value);
  };
  short(0, isLittle ? 0x4949 : 0x4d4d);
  short(2, 42);
  long(4, 8);
  short(8, 2);
  entry(10, 0x0112, 3, 1, 6);
  entry(22, 0x8769, 4, 1, 40);
  short(40, 2);
  entry(42, 0x9003, 2, 20, 80);
  entry(54, 0x9011, 2, 7, 110);
  text(80, taken);
  text(110, zone);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), Buffer.from(tiff.buffer)]);
  const length = Buffer.from([0, 0]);
  length.writeUInt16BE(exif.length + 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0x0b, 0xb8, 0x0f, 0xa0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  return new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, exif, frame]));
}
