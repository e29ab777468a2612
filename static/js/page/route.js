import { all, find, show } from "../lib/dom.js";

/** Let the address say which screen or sheet is shown, so that the browser's Back goes where one was. */
export function startRoutes(ctx, sheets) {
  const place = { screen: ctx.record.currentScreen, sheet: "" };
  const saved = find("#saved");
  const bar = saved.parentElement;
  let opener = document.body; // of the sheet: it gets the focus back
  const sheetElement = () => find(`[data-sheet=${place.sheet}]`);

  const remember = () => history.replaceState({ ...history.state, y: scrollY }, "");

  function enter(name, state, replace) {
    remember();
    if (!place.sheet) opener = document.activeElement;
    history[replace ? "replaceState" : "pushState"]({ depth: depth() + (replace ? 0 : 1), ...state }, "", `#${name}`);
    arrive();
    const told = find("#alerts .info[data-key=restored]"); // what was found again has been seen by now
    if (told) told.remove();
    const main = place.sheet ? find("main", sheetElement()) : find("#main");
    if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }

  /** Show what the address says, where it was last seen; with `isHere` the reader is there already. */
  function arrive(isHere) {
    const name = location.hash.slice(1);
    const state = history.state || {};
    const sheet = sheets[name] && state.key ? name : "";
    const wasSheet = place.sheet;
    if (wasSheet && wasSheet !== sheet) leave();
    place.sheet = sheet;
    place.screen = (ctx.record.screens.includes(name) ? name : state.screen) || place.screen;
    for (const part of all("[data-sheet]")) show(part, part.dataset.sheet === sheet);
    for (const screen of all(".screen")) show(screen, screen.dataset.screen === place.screen);
    document.body.classList.toggle("in-sheet", Boolean(sheet));
    (sheet && sheet !== "storage" ? find(".bar-row", sheetElement()) : bar).append(saved);
    if (sheet) fill(sheetElement(), state);
    ctx.update();
    if (isHere !== true) scrollTo(0, state.y || 0);
    if (wasSheet && !sheet) opener.focus({ preventScroll: true });
  }

  function fill(element, { key, args }) {
    if (element.dataset.key === String(key)) return;
    element.dataset.key = key;
    sheets[place.sheet].show(ctx, element, args);
  }

  function leave() {
    const { hide } = sheets[place.sheet];
    if (hide) hide(ctx, sheetElement());
  }

  const depth = () => (history.state && history.state.depth) || 0;
  history.scrollRestoration = "manual";
  addEventListener("popstate", arrive);
  addEventListener("pagehide", remember);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".rail a, [data-back]");
    if (!link) return;
    event.preventDefault();
    if (link.hash.length > 1) ctx.go(link.hash.slice(1));
    else ctx.back();
  });
  Object.defineProperties(ctx, { screen: { get: () => place.screen }, sheet: { get: () => place.sheet } });
  ctx.sheetElement = sheetElement;
  ctx.go = (screen) => {
    if (place.sheet || screen !== place.screen) enter(screen, {});
  };
  ctx.open = (name, args = {}, replace = false) =>
    sheets[name]
      ? enter(name, { args, screen: place.screen, key: Date.now() }, replace === true || replace.replace)
      : ctx.await(name, args, replace);
  ctx.back = () => (depth() ? history.back() : enter(place.screen, {}, true));
  return arrive;
}
