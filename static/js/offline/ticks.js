import { uuid4 } from "../lib/uuid.js";

const JUMP = 120e3; // ms by which clocks must differ to be worth a word
const DRIFT = 2000; // ms of difference to the server that is let be

/** The phone's two clocks: what time it is (by the server's word), and how much time went by since the page was opened. */
export class PhoneClock {
  constructor() {
    this.boot = uuid4();
    this.offset = null;
    this.slept = 0;
    this.jumped = 0;
    this.wall = Date.now();
    this.ran = performance.now();
  }

  now() {
    const at = new Date(Date.now() + (this.offset || 0)).toISOString();
    return { at, mono: Math.round(performance.now() + this.slept), boot: this.boot };
  }

  /** Read both clocks for an event; from then on the offset in use is one that was believed. */
  stamp() {
    this.offset = this.offset || 0;
    return this.now();
  }

  /** Compare both: a phone that was put away slept; a clock that ran away under our eyes, or backwards, was changed. */
  look(wasAway) {
    const [wall, ran] = [Date.now(), performance.now()];
    const gap = wall - this.wall - (ran - this.ran);
    if (!wasAway && Math.abs(gap) <= JUMP) return;
    this.wall = wall;
    this.ran = ran;
    if (wasAway && gap > -JUMP) this.slept += Math.max(0, gap);
    else {
      this.jumped += gap;
      this.offset = (this.offset || 0) - gap;
    }
  }

  /** Take the server's time, known to have been so when this phone's clock stood at `wall`. */
  tune(server, wall) {
    const offset = server - wall;
    const change = offset - (this.offset || 0);
    if (!Number.isFinite(change)) return;
    if (this.offset !== null && Math.abs(change) > JUMP) this.jumped -= change;
    this.offset = Math.abs(change) > DRIFT ? offset : this.offset || 0;
  }

  /** Return the seconds by which the clock was changed since this was last asked, 0 for none. */
  jump() {
    const seconds = Math.abs(this.jumped) > JUMP ? Math.round(this.jumped / 1000) : 0;
    if (seconds) this.jumped = 0;
    return seconds;
  }
}

/** Return when the page came over the network, by this phone's clock; 0 when it came from a cache or nobody knows. */
export function arrivalOf() {
  const [entry] = performance.getEntriesByType ? performance.getEntriesByType("navigation") : [];
  return entry && entry.transferSize > entry.encodedBodySize ? performance.timeOrigin + entry.responseStart : 0;
}
