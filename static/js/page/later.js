import { stepper } from "../components/stepper.js";
import { all, find, make, show } from "../lib/dom.js";
import { dressCards } from "./cards.js";

const AGAIN = 5000; // ms until what could not be fetched is tried again

/** Fetch what only the sheets need, once the screens are at work: their markup and their script. */
export function loadLater(ctx, sheets, done) {
  const { urls } = ctx.island;
  let wanted = null;
  document.addEventListener("sheets", ({ detail }) => {
    const markup = find("#sheets");
    dressCards(ctx, markup);
    all("[data-module=stepper]", markup).forEach(stepper);
    Object.assign(sheets, detail);
    for (const { start } of Object.values(detail)) if (start) start(ctx);
    done([urls.sheets]);
    if (!wanted) return;
    show(find("#toast"), false);
    ctx.open(...wanted);
  });

  async function fetchMarkup() {
    if (find("#sheets").children.length) return;
    const answer = await fetch(urls.sheets, { redirect: "error" });
    if (!answer.ok || !answer.headers.get("X-Served-By")) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    find("#sheets").append(...all("body > *", page));
  }

  const fetchScript = (attempt) =>
    new Promise((resolve, reject) => {
      const src = attempt ? `${urls.script}?${attempt}` : urls.script; // a failed address is not asked for twice
      document.head.append(make("script", { type: "module", src, onload: resolve, onerror: reject }));
    });

  const load = (attempt) =>
    fetchMarkup()
      .then(() => fetchScript(attempt))
      .catch(() => setTimeout(load, AGAIN, attempt + 1));

  /** Remember which sheet was asked for before it was there. */
  ctx.await = (...args) => {
    wanted = args;
    ctx.toast("这一页还在下载，连上网就会打开。");
  };
  load(0);
}
