/** Something that others listen to, and that can be ended. */
export class Voice {
  constructor() {
    this.listeners = new Set();
    this.ends = [];
  }

  listen(fn) {
    this.listeners.add(fn);
  }

  /** Tell the page, once for all changes of the moment, and with `isWide` the other tabs. */
  emit(isWide) {
    if (isWide && this.channel && !this.isClosed) this.channel.postMessage(this.id);
    if (this.isTelling) return;
    this.isTelling = true;
    Promise.resolve().then(() => {
      this.isTelling = false;
      for (const fn of this.listeners) fn();
    });
  }

  hark(target, name, listener) {
    if (!target || !target.addEventListener) return;
    target.addEventListener(name, listener);
    this.ends.push(() => target.removeEventListener(name, listener));
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const end of this.ends) end();
  }
}
