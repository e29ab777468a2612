import { stepper } from "../components/stepper.js";
import { all, find, make, show } from "../lib/dom.js";
import { dressCards } from "./cards.js";

const SOON = 300; // ms after all that the page needs at once is there
const AGAIN = 5000; // ms until what could not be fetched is tried again

/** Try until it works, soon and then every few seconds. */
function persist(fetchIt) {
  const attempt = (number) => fetchIt(number).catch(() => setTimeout(attempt, AGAIN, number + 1));
  const begin = () => setTimeout(attempt, SOON, 0);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}

/** Fetch the second script, which sends what waits. */
export function loadScript({ walk, urls }) {
  document.addEventListener("second", ({ detail }) => detail.openOthers(walk.id));
  persist(
    (attempt) =>
      new Promise((resolve, reject) => {
        const src = attempt ? `${urls.script}?${attempt}` : urls.script; // a failed address is not asked for twice
        document.head.append(make("script", { type: "module", src, onload: resolve, onerror: reject }));
      }),
  );
}

/** Fetch what only the sheets need, once the screens are at work: their markup and their script. */
export function loadLater(ctx, sheets, done) {
  const { urls } = ctx.island;
  let wanted = null;
  let detail = null;
  const open = () => {
    const markup = find("#sheets");
    if (!detail || !markup.children.length) return;
    dressCards(ctx, markup);
    all("[data-module=stepper]", markup).forEach(stepper);
    Object.assign(sheets, detail.sheets);
    for (const { start } of Object.values(detail.sheets)) if (start) start(ctx);
    done();
    detail.keepPage(urls.page, [urls.sheets, urls.script]);
    if (!wanted) return;
    show(find("#toast"), false);
    ctx.open(...wanted);
  };
  document.addEventListener("second", (event) => {
    detail = event.detail;
    open();
  });
  loadScript(ctx.island);
  persist(async () => {
    const answer = await fetch(urls.sheets, { redirect: "error" });
    if (!answer.ok || !answer.headers.get("X-Served-By")) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    find("#sheets").append(...all("body > *", page));
    open();
  });

  /** Remember which sheet was asked for before it was there. */
  ctx.await = (...args) => {
    wanted = args;
    ctx.toast("这一页还在下载，连上网就会打开。");
  };
}
