import { Keeper } from "./keeper.js";
import { fetchIsland, keepBase } from "./refresh.js";
import { exchange } from "./send.js";
import { wakeSync } from "./sync.js";

const CALM = 60e3; // ms between attempts at what can wait
const LATER = 10e3; // ms after opening, when the page has long been there
const CLOCK_WORTH = 120e3; // ms by which a clock must have been changed to be told at once

/** A keeper that talks with the server. */
export class Courier extends Keeper {
  constructor(island) {
    super(island);
    Object.assign(this, { failures: 0, broken: 0, notBefore: 0, locked: 0, pending: 0, sending: 0, timer: 0, calmTill: 0 });
    Object.assign(this, { problem: "", signin: false, opened: Date.now() });
  }

  /** Fetch the page anew: events, a new token, the server's time. Tells whether that could be had. */
  async refresh() {
    const began = Date.now();
    const island = await fetchIsland(this.island.urls.page).catch(() => null);
    if (!island || island.walk.id !== this.id || island.walk.owner !== this.row.owner) return false;
    this.isCurrent = true;
    this.island = island;
    const { token, expires, urls, limits } = island;
    Object.assign(this.row, { token, expires, urls, limits });
    this.hear(island.now, (began + Date.now()) / 2);
    await this.reload();
    wakeSync(this, 0);
    return true;
  }

  /** Send one request; what it says of the token is remembered. */
  async ask(url, body, count) {
    this.sending = count;
    this.emit();
    const answer = await exchange(url, this.row.token, body);
    this.sending = 0;
    if (answer.state === "signin") this.signin = true;
    if (answer.state === "ok") this.signin = false;
    return answer;
  }

  /** Return how far the event of this id got: 0 waiting, 1 sent, 2 refused; 1 when it is not known. */
  sentOf(id) {
    const event = this.shelf.known.get(id);
    return event ? event.sent : 1;
  }

  /** Our server has answered: at `wall` of this phone it was `now` there. */
  hear(now, wall) {
    this.signin = false;
    const server = Date.parse(now);
    if (!server) return;
    this.clock.tune(server, wall);
    Object.assign(this.row, { offset: this.clock.offset, seen: Math.max(this.row.seen, server) });
    if (Math.abs(this.clock.jumped) > CLOCK_WORTH) this.add([]);
  }

  /** All is sent: time for what makes the next visit better. */
  async settleDown() {
    if (this.isSettling || Date.now() < this.calmTill) return;
    this.isSettling = true;
    this.calmTill = Date.now() + CALM;
    if (!this.isCurrent) await this.refresh();
    if (Date.now() > this.opened + LATER) await keepBase(this).catch(() => {});
    this.isSettling = false;
  }
}
