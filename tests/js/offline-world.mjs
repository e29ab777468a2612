/* A phone and a server in one process: IndexedDB in memory, and a server that keeps what it takes but answers badly. */
import "fake-indexeddb/auto";
import { File } from "node:buffer";
import { createHash, randomUUID, webcrypto } from "node:crypto";
import { openBox } from "../../static/js/offline/box.js";
import { inBase } from "../../static/js/offline/db.js";
import { equipBoxes } from "../../static/js/offline/equipment.js";

if (!globalThis.crypto) globalThis.crypto = webcrypto; // node 18
equipBoxes();

export const sha = (bytes) => createHash("sha256").update(Buffer.from(bytes)).digest("hex");
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What can happen to one request; `work` is what the server would have done. */
const TROUBLES = {
  offline: () => Promise.reject(new TypeError("Failed to fetch")),
  redirect: () => Promise.reject(new TypeError("redirected")),
  portal: () => html(200, "<h1>请先登录热点</h1>"),
  "portal in JSON": () => json(200, { result: "login" }),
  "html 401": () => html(401, "no"),
  "html 413": () => html(413, "<h1>413 Request Entity Too Large</h1>"),
  429: () => json(429, { error: "请稍候。" }, { "Retry-After": "0" }),
  500: () => json(500, { error: "出错了。" }),
  502: () => html(502, "Bad Gateway"),
  507: () => json(507, { error: "服务器空间不足。" }),
  "lost answer": async (work) => {
    await work();
    throw new TypeError("network error");
  },
  "cut answer": async (work) => {
    const answer = await work();
    const text = await answer.text();
    return new Response(text.slice(0, text.length / 2), { status: answer.status, headers: answer.headers });
  },
  "broken body": async (work) => {
    const answer = await work();
    const body = new ReadableStream({ pull: (to) => to.error(new TypeError("terminated")) });
    return new Response(body, { status: 200, headers: answer.headers });
  },
};
export const troubles = Object.keys(TROUBLES);

const html = (status, text) => new Response(text, { status, headers: { "Content-Type": "text/html" } });
const json = (status, data, headers = {}) => Response.json(data, { status, headers });

export class Server {
  constructor() {
    this.events = new Map();
    this.slices = new Map();
    this.media = new Map();
    this.ahead = []; // troubles of the next requests that send something
    this.always = "";
    this.hung = [];
    this.log = [];
    this.token = "first";
    this.poison = () => "";
    this.now = () => new Date().toISOString();
    this.walk = randomUUID();
    this.owner = "owner";
    globalThis.fetch = (url, options) => this.fetch(String(url), options);
  }

  island() {
    const api = `/api/walks/${this.walk}`;
    return {
      walk: { id: this.walk, owner: this.owner },
      events: structuredClone([...this.events.values()]),
      token: this.token,
      expires: `2030-01-01T00:00:0${this.token.length}.000Z`,
      now: this.now(),
      limits: {
        slice: 1024,
        photo: 50_000,
        video: 100_000,
        voice: 20_000,
        video_seconds: 600,
        voice_seconds: 600,
        events: 100,
      },
      urls: { page: "/page", events: `${api}/events`, slices: `${api}/slices/`, media: `${api}/media/`, base: "/base" },
    };
  }

  async fetch(url, { method = "GET", body, headers = {}, signal } = {}) {
    const work = async () => this.answer(method, url, body, headers);
    const trouble = url.startsWith("/api/") ? this.ahead.shift() || this.always : "";
    this.log.push(`${method} ${url.split("/").slice(-2)[0]} ${trouble || ""}`.trim());
    await pause(1);
    if (trouble === "hang") {
      return new Promise((_done, fail) => {
        this.hung.push(() => fail(new DOMException("", "AbortError")));
        signal.addEventListener("abort", this.hung.at(-1));
      });
    }
    if (typeof trouble === "function") await trouble();
    return TROUBLES[trouble] ? TROUBLES[trouble](work) : work();
  }

  answer(method, url, body, headers) {
    if (url === "/page")
      return this.signedOut
        ? html(404, "")
        : html(200, `<script type="application/json" id="walk">${this.page()}</script>`);
    if (url === "/base") return json(200, this.base || { schema: "walkthrough-package/1", walk: { id: this.walk } });
    if (!url.includes(this.walk)) return html(404, ""); // a box of an earlier test still speaks
    if (headers.Authorization !== `Bearer ${this.token}`) return json(401, { error: "令牌失效。" });
    const [kind, name] = url.split("/").slice(4);
    if (kind === "events") return this.takeEvents(JSON.parse(body));
    if (kind === "slices") return this.takeSlice(name, body);
    return this.takeMedia(name, JSON.parse(body));
  }

  page() {
    return JSON.stringify(this.island()).replace(/</g, "\\u003c");
  }

  takeEvents({ events }) {
    if (events.some((event) => this.poison(event) === 422)) return json(422, { error: "不合格式。" });
    if (events.some((event) => this.poison(event) === 413)) return json(413, { error: "太大。" });
    if (events.some((event) => this.poison(event) === 500)) return json(500, { error: "出错了。" });
    const rejected = events.filter((event) => this.poison(event)).map(({ id }) => ({ id, why: "没有收下。" }));
    const accepted = events.filter((event) => !this.poison(event)).map(({ id }) => id);
    for (const event of events)
      if (accepted.includes(event.id) && !this.events.has(event.id)) this.events.set(event.id, event);
    return json(200, { accepted, rejected, events: [], pending: 0, now: this.now() });
  }

  takeSlice(name, body) {
    if (sha(body) !== name) return json(422, { error: "内容与校验值不符。" });
    this.slices.set(name, Buffer.from(body));
    return json(200, { sha256: name, size: body.byteLength });
  }

  takeMedia(name, { event, slices }) {
    if (!this.events.has(event)) return json(409, { missing: [], error: "先传文字记录。" });
    const missing = slices.filter((slice) => !this.slices.has(slice));
    if (missing.length) return json(409, { missing });
    const bytes = Buffer.concat(slices.map((slice) => this.slices.get(slice)));
    if (sha(bytes) !== name) return json(422, { error: "内容与校验值不符。" });
    const kind = this.isUseless ? "refused" : "kept";
    const payload = this.isUseless
      ? { evidence: event, reason: "照片打不开。" }
      : { evidence: event, media: sha("clean"), sent: name };
    const old = [...this.events.values()].find((one) => one.device === "server" && one.payload.evidence === event);
    const made = old || this.make(kind, payload);
    this.media.set(event, bytes);
    return json(200, { sha256: name, size: bytes.length, events: [made] });
  }

  make(kind, payload) {
    const seq = this.events.size + 1;
    const event = {
      id: randomUUID(),
      walk: this.walk,
      device: "server",
      seq,
      kind,
      step: null,
      payload,
      at: this.now(),
      mono: null,
      boot: null,
      prev: null,
      hash: sha("x"),
    };
    this.events.set(event.id, event);
    return event;
  }

  /** Let go what hangs: nobody waits for it any more. */
  hangUp() {
    this.always = "";
    this.hung.forEach((end) => end());
  }

  get fromPhone() {
    return [...this.events.values()].filter(({ device }) => device !== "server");
  }
}

/** A new phone and a new server; after the test boxes are closed, and what they were doing is over. */
export async function world(t) {
  await emptyBase();
  const server = new Server();
  const boxes = [];
  t.after(async () => {
    boxes.forEach((box) => box.close());
    server.hangUp();
    for (let n = 0; n < 2000 && boxes.some((box) => box.isBusy || box.isSettling); n++) await pause(5);
  });
  const open = async (island = server.island()) => {
    const box = await openBox(structuredClone(island));
    boxes.push(box);
    return box;
  };
  return { server, open };
}

/** Send until `isDone`, without waiting for the pauses; fails after a while. */
export async function until(box, isDone = () => box.report().unsent === 0, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; !isDone();) {
    if (Date.now() > end) throw new Error(`not done: ${JSON.stringify(box.report())} ${box.media.size}`);
    if (!box.isBusy) box.sync(true);
    await pause(5);
  }
}

export const rows = (store) => inBase([store], (tx) => tx.objectStore(store).getAll(), "readonly");

export async function emptyBase() {
  const names = ["events", "walks", "media", "slices", "meta"];
  await inBase(names, (tx) => Promise.all(names.map((name) => tx.objectStore(name).clear())));
}

/** A JPEG by its first and last bytes only: no node can decode it, so it is sent as it is. */
export function fakePhoto(size = 3000, fill = 7) {
  const bytes = new Uint8Array(size).fill(fill);
  bytes.set([0xff, 0xd8, 0xff, 0xdb]);
  bytes.set([0xff, 0xd9], size - 2);
  return new File([bytes], "a.jpg", { type: "image/jpeg", lastModified: Date.UTC(2026, 10, 22) });
}
