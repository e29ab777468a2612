import { find, say, show } from "../lib/dom.js";

const SHOWN_FOR = 5000; // ms
let toastTimer = 0;

/** Say what was done; with events it can be taken back for a while, from wherever one has gone meanwhile. */
export function showToast(ctx, text, events = [], from = null) {
  const box = find("#toast");
  const button = find("button", box);
  say(find("span", box), text);
  show(button, events.length);
  show(box, true);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => show(box, false), SHOWN_FOR);
  button.onclick = async () => {
    show(box, false);
    const drafts = events.map((event) => ({ kind: "retract", payload: { event: event.id } }));
    await ctx.add(drafts.reverse());
    if (from && !from.sheet && (ctx.sheet || ctx.screen !== from.screen)) ctx.go(from.screen);
  };
}
