import { Transaction, asked } from "./stores.js";

const OPEN_PATIENCE = 4000; // ms; Safari sometimes never answers
let baseOpening = null;
let awayness = null; // a promise while the page is put away
const underWay = new Set();

// WebKit freezes a page that is left in the middle of a transaction, and lets every page of the site that wants one wait for ever:
// so it is given up on leaving, and done again on coming back.
if (/^Apple/.test((globalThis.navigator || {}).vendor)) {
  addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) return;
    awayness = new Promise((done) => addEventListener("pageshow", done, { once: true })).then(() => (awayness = null));
    underWay.forEach(abandon);
  });
}

/** The keys of all slices of one medium. */
export const slicesOf = (id) => IDBKeyRange.bound([id], [id, []]);

/** Return an error after which trying again makes no sense. */
export const finalError = (name) => Object.assign(new Error(name), { name, isFinal: true });

/** Do `work(tx)` in one strict transaction; resolves after the commit. A connection that the system closed is opened anew. */
export async function inBase(names, work, mode = "readwrite") {
  for (let tries = 0; ; ) {
    let tx;
    await awayness;
    try {
      const base = await openBase();
      if (awayness) continue;
      tx = new Transaction(base.transaction(names, mode, { durability: "strict" }));
      underWay.add(tx);
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      const cause = (tx && tx.raw.error) || error;
      if (tx) abandon(tx);
      if (awayness) continue;
      if (tries++ || cause.isFinal || cause.name === "QuotaExceededError") throw cause;
      baseOpening = null;
    } finally {
      underWay.delete(tx);
    }
  }
}

/** Return one row, undefined when there is none. */
export function getRow(store, key) {
  return inBase([store], (tx) => tx.objectStore(store).get(key), "readonly");
}

export function putRow(store, row) {
  return inBase([store], (tx) => tx.objectStore(store).put(row));
}

/** Delete a row, or all in a range of keys. */
export function dropRows(store, keys) {
  return inBase([store], (tx) => tx.objectStore(store).delete(keys));
}

/** Return the bytes of all slices of one medium, or pieces of a recording under way, in order. */
export async function piecesOf(id) {
  const rows = await inBase(["slices"], (tx) => tx.objectStore("slices").getAll(slicesOf(id)), "readonly");
  return rows.map(({ bytes }) => bytes);
}

function openBase() {
  if (!baseOpening) {
    baseOpening = patiently(openedBase());
    baseOpening.catch(forgetBase);
  }
  return baseOpening;
}

async function openedBase() {
  const request = indexedDB.open("walkthrough", 1);
  request.onupgradeneeded = () => {
    const base = request.result;
    for (const name of ["events", "media"]) base.createObjectStore(name, { keyPath: "id" }).createIndex("walk", "walk");
    for (const name of ["walks", "slices"]) base.createObjectStore(name, { keyPath: "id" });
    base.createObjectStore("meta", { keyPath: "key" });
  };
  const base = await asked(request);
  base.onclose = forgetBase;
  base.onversionchange = () => {
    base.close();
    forgetBase();
  };
  return base;
}

function forgetBase() {
  baseOpening = null;
}

function patiently(opening) {
  let timer;
  const tooLate = new Promise((_done, fail) => {
    timer = setTimeout(() => fail(finalError("SilentError")), OPEN_PATIENCE);
  });
  return Promise.race([opening, tooLate]).finally(() => clearTimeout(timer));
}

function abandon(tx) {
  try {
    tx.raw.abort();
  } catch {
    // it is over already
  }
}
