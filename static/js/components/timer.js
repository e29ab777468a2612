import { face } from "../lib/time.js";

/** Let a running clock tick on from the seconds the server counted; only differences of the phone's clock are used. */
export function timer(element) {
  const counted = Number(element.dataset.seconds);
  const opened = Date.now();
  const tick = () => {
    element.textContent = face(counted + (Date.now() - opened) / 1000);
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
}
