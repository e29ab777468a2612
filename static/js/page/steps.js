import { all, clone, fillList, fillRow, find, make, say, show } from "../lib/dom.js";
import { face, shownClock } from "../lib/time.js";
import { drawCards } from "./cards.js";

/** Bring the screen that is shown, the rail and the main button in step with the record. */
export function drawScreen(ctx) {
  const { record, screen } = ctx;
  const root = find(`.screen[data-screen=${screen}]`);
  say(find(".bar h1"), root.dataset.title);
  say(find(".foot .primary span"), record.nextButton(screen).text);
  record.rail(screen).forEach(drawStop);
  drawClock(ctx);
  drawLists(ctx, root);
  drawStates(ctx, root);
  drawCards(ctx, root);
  if (ctx.drawMore) ctx.drawMore(root); // what came with the sheets
}

/** Bring the clock in step with the time. */
export function drawClock({ record, screen, box }) {
  const root = find(`.screen[data-screen=${screen}] .timer`);
  const { seconds, kind, label, detail, beginText } = record.timer(screen, box.now());
  const clock = find(".face", root);
  clock.className = `face num ${kind}`;
  say(clock, face(seconds));
  say(clock.previousElementSibling, label);
  say(clock.nextElementSibling, detail);
  say(find("[value=begin] span:last-child", root), beginText);
}

function drawStop({ state, said }, at) {
  const stop = all(".rail li")[at];
  stop.className = state;
  if (state === "now") stop.setAttribute("aria-current", "step");
  else stop.removeAttribute("aria-current");
  say(find("small", stop), said);
  const word = find(".sr", stop) || stop.appendChild(make("span", { className: "sr" }));
  say(word, state === "done" ? "已走" : "");
}

function drawStates({ record, screen, box }, root) {
  const { state, waiting, turns } = record;
  const { accepted, result } = state;
  const { running } = record.timer(screen, box.now());
  const states = {
    running, idle: !running,
    waiting, free: !waiting, numbered: turns.length, unnumbered: !turns.length,
    accepted, acceptable: !accepted && !record.island.walk.is_simulated,
    received: result, pending: !result,
    tracked: accepted, tracking: accepted && !result, closing: !accepted || result,
    noted: find("[data-list=notes] > *", root),
  };
  for (const part of all("[data-when]", root)) show(part, states[part.dataset.when]);
  for (const part of all("[data-open]", root)) {
    const isOpen = Boolean(states[part.dataset.open]);
    if (part.wasOpen !== isOpen) part.open = part.wasOpen = isOpen;
  }
}

function drawLists(ctx, root) {
  const { record, screen } = ctx;
  const { photos, clips, findings, tracks, notes } = record.state;
  const here = ({ step }) => step && record.step(step).screen === screen;
  const keyed = (parts) => Object.entries(parts).map(([id, part]) => ({ ...part, id }));
  const fill = (name, items, draw) => {
    const parent = find(`[data-list=${name}]`, root);
    if (parent) fillList(parent, items, draw, (one) => one.id);
  };
  const line = (one, old) => fillRow(old, one.text, [one.channel, shownClock(one.at)].filter(Boolean).join(" "));
  fill("turns", record.turns.map((turn) => ({ ...turn, id: turn.event })), ({ text }, old) => fillRow(old, text));
  fill("tracks", tracks, line);
  fill("notes", notes.filter(here), line);
  fill("findings", keyed(findings).filter(here), (one, old) => fillRow(old, one.title, "", () => ctx.open("finding", { finding: one.id })));
  const evidence = [...keyed(photos), ...keyed(clips)].filter(here).sort((a, b) => (a.at < b.at ? -1 : 1));
  fill("evidence", evidence, (one, old) => drawTile(ctx, one, old));
}

/** Make or renew the tile of a picture, video or voice note; a tap opens it. */
export function drawTile(ctx, one, old) {
  const tile = old || clone("tile");
  const image = find("img", tile);
  const [icon, words] = markOf(one);
  image.alt = `${{ video: "录像", voice: "录音" }[one.sort] || "照片"} ${one.caption}`;
  ctx.picture(image, one.id);
  for (const mark of all("[data-icon]", tile)) show(mark, mark.dataset.icon === icon);
  find(".mark", tile).classList.toggle("good", words === "已传");
  say(find(".mark .sr", tile), words);
  say(find(".at", tile), shownClock(one.taken_at || one.at));
  tile.onclick = () => ctx.open("photo", one.sort ? { clip: one.id } : { photo: one.id });
  return tile;
}

function markOf({ refused, media, masked, mask, is_clear, boxes, sort }) {
  if (refused) return ["triangle-alert", "没收下"];
  if (!media) return ["upload", "待传"];
  if (sort) return ["play", "已传"];
  return masked || (mask && (is_clear || boxes.length)) ? ["check", "已传"] : ["pencil", "待打码"];
}
