// Runs in every measured page before its own scripts: when it became usable, and when what was tapped was on disk.
(() => {
  window.benchReady = 0;
  window.benchDurable = [];
  window.benchInput = 0;
  const look = () => {
    if (document.body && document.body.classList.contains("ready")) window.benchReady = performance.now();
    else requestAnimationFrame(look);
  };
  look();
  for (const name of ["add", "put"]) {
    const real = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const { state, sent } = given[0];
      const mark = `${this.name} ${state === undefined ? sent : state}`;
      this.transaction.addEventListener("complete", () => window.benchDurable.push([mark, performance.now()]));
      return real.apply(this, given);
    };
  }
  for (const name of ["click", "change"]) {
    addEventListener(name, () => (window.benchInput = window.benchInput || performance.now()), true);
  }
})();
