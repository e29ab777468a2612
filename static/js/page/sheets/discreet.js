import { find, say, show } from "../../lib/dom.js";
import { shownClock } from "../../lib/time.js";
import { readLocal, writeLocal } from "../local.js";

let wakeLock = null;

/** A black page with a clock until it is tapped, and a screen that stays on when that is wanted. */
export function startDiscretion(ctx) {
  const black = find("#blank");
  const box = find("#awake");
  const tick = () => say(black, shownClock(ctx.box.now().at));
  ctx.blank = () => {
    tick();
    show(black, true);
    black.focus();
  };
  setInterval(tick, 10e3);
  black.addEventListener("click", () => show(black, false));
  if (!navigator.wakeLock) return;
  show(box.closest("label"), true);
  box.checked = readLocal("awake") === "1";
  box.addEventListener("change", () => {
    writeLocal("awake", box.checked ? "1" : "");
    keepAwake(box.checked);
  });
  document.addEventListener("visibilitychange", () => keepAwake(box.checked));
  keepAwake(box.checked);
}

async function keepAwake(isWanted) {
  if (wakeLock && !isWanted) wakeLock.release();
  if (!isWanted || document.visibilityState !== "visible") return;
  try {
    wakeLock = await navigator.wakeLock.request("screen");
  } catch {
    wakeLock = null;
  }
}
