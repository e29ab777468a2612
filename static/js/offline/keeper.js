import { byCount, chainEvents, drawEvents, newCount, newRow } from "./chain.js";
import { inBase } from "./db.js";
import { lightRows, loseForgotten, mournMedia, refuseHalves, settleMedia } from "./media.js";
import { lastOf, ownRow, writesOf } from "./rows.js";
import { forgottenBy, newsFrom, Shelf } from "./shelf.js";
import { PhoneClock } from "./ticks.js";
import { troubleText } from "./trouble.js";
import { Voice } from "./voice.js";

const STORES = ["events", "walks", "media", "slices", "meta"];
const TOLD = ["offset", "seen", "sent_at"];

/** What a phone holds of one walk, in memory and in IndexedDB: every write goes through here. */
export class Keeper extends Voice {
  constructor(island) {
    super();
    this.island = island;
    this.id = island.walk.id;
    this.row = newRow(island);
    this.spare = newRow(island); // numbers what the store will not take
    this.adrift = []; // and these are they
    this.clock = new PhoneClock();
    this.shelf = new Shelf();
    this.shelf.learn(newsFrom(island.events, new Map()));
    this.media = new Map();
    this.trouble = "";
    this.restored = null;
  }

  /** Read the store and bring it in step with what the page brought; throws when the store does not work. */
  async load() {
    const { id, island } = this;
    const isThere = await inBase(STORES, async (tx) => {
      const found = await ownRow(tx, this);
      if (!found && this.isOpen) return false;
      const row = found || newRow(island);
      const { token, expires, urls, limits } = island;
      if (Date.parse(island.now) >= row.seen || expires > row.expires) Object.assign(row, { token, expires, urls, limits });
      const events = (await tx.objectStore("events").index("walk").getAll(id)).sort(byCount);
      const stored = new Map(events.map((event) => [event.id, event]));
      const { again, gone } = forgottenBy(island, stored, row.seen);
      const news = newsFrom(island.events, stored);
      row.seen = Math.max(row.seen, Date.parse(island.now) || 0);
      this.media = await lightRows(tx, id);
      await Promise.all([tx.objectStore("walks").put(row), ...writesOf(tx, [...news, ...again], gone)]);
      await settleMedia(this, tx, news);
      await loseForgotten(this, tx, gone);
      if (!this.isOpen) await refuseHalves(this, tx);
      if (!this.isOpen) this.restored = lastOf(events.filter(({ mine }) => mine));
      this.shelf.learn([...events, ...news, ...again]);
      this.shelf.forget(gone);
      this.row = row;
      return true;
    });
    if (!isThere) await this.put([]);
    if (this.clock.offset === null) this.clock.offset = this.row.offset;
    this.isOpen = true;
    this.emit();
  }

  /** Turn drafts into events but for their numbers. */
  draw(drafts) {
    this.clock.look(Boolean(globalThis.document && document.hidden));
    return drawEvents(this.id, drafts, this.clock);
  }

  /**
   * Write events, and what `more(tx)` adds, in one transaction; rejects when they cannot be kept.
   * A store found empty is filled again with all that is known.
   */
  async put(made, more) {
    let afloat = [];
    const fresh = await inBase(STORES, async (tx) => {
      const asking = ownRow(tx, this);
      const ahead = this.writeAhead(tx, made, more);
      const [found] = await Promise.all([asking, ahead.rest]);
      if (ahead.row && ahead.guess === JSON.stringify(found)) {
        if (!more && tx.raw.commit) tx.raw.commit(); // or a frame may be drawn before the page hears of the writes
        this.row = ahead.row;
        return ahead.events;
      }
      const row = found || { ...this.row, ...newCount() };
      const events = chainEvents(row, made);
      afloat = found ? this.adrift.slice() : this.shelf.all(() => true);
      if (!found) mournMedia(this, tx);
      await Promise.all([tx.objectStore("walks").put(row), ...writesOf(tx, [...afloat, ...events])]);
      if (more && !ahead.row) await more(tx);
      this.row = row;
      return events;
    });
    this.adrift = this.adrift.filter((event) => !afloat.includes(event));
    this.trouble = "";
    this.hasNews = this.hasNews || fresh.length > 0;
    this.shelf.learn(fresh);
    this.emit(true);
    return fresh;
  }

  /** Begin to write as if no other tab had counted on, without waiting for the frame; a wrong guess is written over. */
  writeAhead(tx, made, more) {
    if (!this.isOpen || this.adrift.length) return {};
    const guess = JSON.stringify(this.row);
    const row = JSON.parse(guess);
    const events = chainEvents(row, made);
    tx.objectStore("walks").put(row);
    writesOf(tx, events);
    return { guess, row, events, rest: more && more(tx) };
  }

  /** Hold events in memory only, numbered as of another device, so that no other tab's numbers are used twice. */
  drift(made, error) {
    const events = chainEvents(this.spare, made);
    this.adrift.push(...events);
    this.hasNews = true;
    this.shelf.learn(events);
    this.fail(error);
    return events;
  }

  fail(error, text = troubleText(error)) {
    this.trouble = text;
    this.emit();
  }

  /** Write what the server said of ours (`changed`) and what it `told` us besides. */
  async note(changed, told, more) {
    const held = new Map(told.map(({ id }) => [id, this.shelf.known.get(id)]).filter(([, event]) => event));
    const news = newsFrom(told, held);
    let isWhole = true;
    await this.within(async (tx) => {
      const row = await ownRow(tx, this);
      isWhole = Boolean(row);
      for (const name of TOLD) if (row) row[name] = this.row[name];
      await Promise.all(row ? [tx.objectStore("walks").put(row), ...writesOf(tx, [...changed, ...news])] : []);
      if (more) await more(tx);
      await settleMedia(this, tx, news);
    });
    this.shelf.learn([...changed, ...news]);
    if (!isWhole) await this.put([]).catch((error) => this.fail(error));
  }

  /** Write something else; trouble is shown, not thrown. */
  async within(work) {
    await inBase(STORES, work).catch((error) => this.fail(error));
    this.emit(true);
  }

  /** Try again what could not be done: open the store, keep what is only in memory. */
  async mend() {
    if (this.isOpen && !this.adrift.length && !this.trouble) return;
    try {
      if (!this.isOpen) await this.load();
      await this.put([]);
    } catch (error) {
      this.fail(error);
    }
  }
}
