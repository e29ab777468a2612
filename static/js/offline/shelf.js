const FRESHER = 60e3; // ms by which a page must be newer than the last answer to prove that the server forgot something

/** All events known here, whoever made them; `events` is the live list without those that the server refused. */
export class Shelf {
  constructor() {
    this.known = new Map();
    this.events = [];
    this.version = 0;
  }

  learn(list) {
    for (const event of list) {
      const old = this.known.get(event.id);
      if (old) Object.assign(old, event);
      else this.known.set(event.id, event);
    }
    this.sort();
  }

  forget(list) {
    for (const { id } of list) this.known.delete(id);
    this.sort();
  }

  sort() {
    this.version += 1;
    this.events.splice(0, this.events.length, ...this.all((event) => event.sent !== 2));
  }

  all(test) {
    return [...this.known.values()].filter(test);
  }
}

/** Return what the server tells that is not stored here as confirmed, ready to be stored; `stored` maps ids to rows. */
export function newsFrom(told, stored) {
  const news = told.filter(({ id }) => !stored.has(id) || stored.get(id).sent !== 1);
  return news.map((event) => ({ ...stored.get(event.id), ...event, sent: 1, why: "" }));
}

/** Return {again, gone}: our own events and the server's that it once confirmed and does not know any more. */
export function forgottenBy({ events, now }, stored, seen) {
  const told = new Set(events.map(({ id }) => id));
  const isProof = Date.parse(now) > seen + FRESHER;
  const missing = [...stored.values()].filter(({ id, sent }) => isProof && sent === 1 && !told.has(id));
  return {
    again: missing.filter(({ mine }) => mine).map((event) => ({ ...event, sent: 0 })),
    gone: missing.filter(({ device }) => device === "server"),
  };
}
