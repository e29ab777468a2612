import { stepper } from "../components/stepper.js";
import { all, clone, find, make } from "../lib/dom.js";
import { shownClock } from "../lib/time.js";
import { openBox } from "../offline/box.js";
import { recordOf } from "../walk/record.js";
import { act, holdMain } from "./actions.js";
import { drawCards, startCards } from "./cards.js";
import { startDock, startEvidence } from "./dock.js";
import { isOver } from "./done.js";
import { loadLater, loadScript } from "./later.js";
import { readLocal, writeLocal } from "./local.js";
import { noteSheet } from "./note.js";
import { startRoutes } from "./route.js";
import { drawStatus, showAlert } from "./status.js";
import { drawClock, drawScreen } from "./steps.js";
import { showToast } from "./toast.js";

const SLOW = 300; // ms after which an unfinished write is worth a word
const pageSheets = { note: noteSheet };

/** Open the walk of this page: what the phone kept and what the server knows, at the place where one was. */
export async function boot() {
  const island = JSON.parse(find("#walk").textContent);
  const who = /(?:^|; )who=([^;]*)/.exec(document.cookie); // without it the session only ran out
  const isOwn = !who || who[1] === island.walk.owner;
  if (!isOwn) showStranger();
  const box = await openBox(island);
  if (!isOwn) return loadScript(island);
  const ctx = makeContext(island, box);
  const arrive = startRoutes(ctx, pageSheets);
  for (const start of [startDock, startEvidence, startCards, startButtons]) start(ctx);
  all("[data-module=stepper]").forEach(stepper);
  arrive();
  document.body.classList.add("ready");
  let isGreeted = false;
  const greetOnce = () => {
    if (isGreeted || !box.isOpen) return;
    isGreeted = true;
    if (!location.hash) ctx.go(ctx.record.currentScreen); // the store may have opened late
    greet(ctx);
  };
  greetOnce();
  box.listen(ctx.update);
  box.listen(greetOnce);
  const tick = () => drawClock(ctx);
  setInterval(tick, 1000);
  for (const name of ["visibilitychange", "pageshow"]) addEventListener(name, tick);
  loadLater(ctx, pageSheets, () => arrive(true));
}

/** Somebody else is signed in on this phone: nothing is shown, but what is here still gets sent. */
function showStranger() {
  const words = clone("stranger");
  document.body.textContent = "";
  document.body.append(words);
  document.body.className = "phone ready";
}

function makeContext(island, box) {
  const saving = new Set();
  let record = null;
  let stamp = "";
  const place = () => ({ screen: ctx.screen, sheet: ctx.sheet });
  const ctx = {
    island,
    box,
    get record() {
      const now = `${box.version} ${box.events.length} ${ctx.drawMore ? 1 : 0}`;
      if (now !== stamp) record = recordOf(island, box.events);
      stamp = now;
      return record;
    },
    get step() {
      return ctx.record.dataStep(ctx.screen);
    },
    get isSaving() {
      return saving.size > 0;
    },
    async add(drafts, { undo } = {}) {
      const from = place();
      const slow = setTimeout(ctx.update, SLOW);
      saving.add(slow);
      const events = await box.add(drafts.map(({ kind, step = null, payload = {} }) => ({ kind, step, payload })));
      clearTimeout(slow);
      saving.delete(slow);
      ctx.update();
      if (undo) showToast(ctx, undo, events, from);
      return events;
    },
    toast: (text, events) => showToast(ctx, text, events, place()),
    draft(name, text) {
      const key = `${island.walk.id} ${name}`;
      return text === undefined ? readLocal(key) : writeLocal(key, text);
    },
    error: showError,
    update() {
      drawStatus(ctx);
      if (isOver(ctx) && pageSheets.done && ctx.sheet !== "done" && ctx.sheet !== "storage") return ctx.open("done", {}, true);
      if (!ctx.sheet) return drawScreen(ctx);
      const { update } = pageSheets[ctx.sheet];
      const element = ctx.sheetElement();
      drawCards(ctx, element);
      if (update) update(ctx, element);
    },
  };
  return ctx;
}

/** Show below a field why it is refused; without a text take the words away. */
function showError(id, text) {
  const field = find(`#${id}`);
  const known = find(`#${id}-error`);
  if (known) known.remove();
  if (!field) return;
  const ids = [find(`#${id}-hint`) && `${id}-hint`, text && `${id}-error`];
  field.setAttribute("aria-invalid", Boolean(text));
  field.setAttribute("aria-describedby", ids.filter(Boolean).join(" "));
  if (!text) return;
  const words = make("p", { id: `${id}-error`, className: "error", textContent: text });
  (field.closest(".stepper, .more, .field") || field).append(words);
  words.scrollIntoView({ block: "nearest" });
}

/** Nothing is posted: every button of the screens becomes events, every form stays where it is. */
function startButtons(ctx) {
  document.addEventListener("submit", (event) => event.preventDefault());
  find("#saved button").addEventListener("click", () => ctx.open("storage"));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[name=do]");
    if (!button || isOver(ctx) || (button.closest(".sheet") && !button.closest(".hint"))) return;
    const [word, question] = button.value.split(":");
    const name = word === "main" ? ctx.record.nextButton(ctx.screen).value : word;
    if (word === "main") holdMain();
    if (name === "camera") ctx.camera(find("#camera"));
    else if (name === "finding") ctx.open(name, question ? { question } : { screen: ctx.screen });
    else if (name === "note" || name === "capture") ctx.open(name);
    else act(ctx, name, question, button.textContent.trim());
  });
}

/** Say what was found again after a reload or a kill. */
function greet(ctx) {
  const { restored } = ctx.box.report();
  const found = restored && restored.count ? `已恢复 ${shownClock(restored.at)} 的记录，共 ${restored.count} 项。` : "";
  const lost = ctx.lostPicture() ? "刚才拍的照片可能没存上，请看一下。" : "";
  showAlert("restored", lost ? "wait" : "info", found + lost, "知道了");
}
