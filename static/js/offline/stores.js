const WAYS = ["get", "getAll", "getAllKeys", "put", "delete", "clear"];

/** Return a promise of what an IndexedDB request brings. */
export function asked(request) {
  const answer = new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  answer.catch(() => {}); // its transaction fails with it
  return answer;
}

/** A transaction whose stores and indexes answer with promises; `done` settles with the commit. */
export class Transaction {
  constructor(raw) {
    this.raw = raw;
    this.done = new Promise((done, fail) => {
      raw.oncomplete = done;
      raw.onabort = () => fail(raw.error || new DOMException("", "AbortError"));
    });
    this.done.catch(() => {});
  }

  objectStore(name) {
    return promising(this.raw.objectStore(name));
  }
}

function promising(source) {
  const store = { index: (name) => promising(source.index(name)) };
  for (const way of WAYS) store[way] = (...given) => asked(source[way](...given));
  return store;
}
