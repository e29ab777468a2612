import { all, find } from "../lib/dom.js";
import { localDay, shownClock } from "../lib/time.js";
import { tidyText } from "../walk/answers.js";

const DOUBLE_TAP = 600; // ms
const typed = (id) => tidyText(find(`#${id}`).value);
const tap = (kind, step, payload) => ({ kind, step, payload });
const called = ({ step }) => tap("called", step, { window: "" });

function begin({ record, screen, step }) {
  const { current, is_paused } = record.state;
  return is_paused && current && record.step(current).screen === screen ? tap("resume") : tap("step_start", step);
}

function number({ record: { state }, error, step }) {
  const ahead = find("#ahead");
  const isGood = !ahead.validity.badInput && /^\d{0,4}$/.test(ahead.value);
  const payload = { no: typed("no"), ahead: isGood && ahead.value ? Number(ahead.value) : null };
  error("ahead", isGood ? "" : "请填 0 到 9999，这次没有记下人数。");
  find("#no").value = "";
  if (isGood) ahead.value = "";
  const isRunning = state.current === step && !state.is_paused;
  return [...(state.trips.length ? [] : [tap("trip")]), ...(isRunning ? [] : [tap("step_start", step)]), tap("number", step, payload)];
}

function next(ctx) {
  const { record, screen } = ctx;
  const following = record.nextScreen(screen);
  return [
    ...(record.doing("queue", screen) && record.waiting ? [called(ctx)] : []),
    ...(record.doing("queue", following) && !record.state.trips.length ? [tap("trip")] : []),
    tap("step_start", record.dataStep(following)),
  ];
}

function result({ record: { state, doing }, error, box, screen }) {
  const on = find("#result_on").value || null;
  const today = localDay(box.now().at);
  const why = !state.accepted && doing("accept") ? "还没有正式受理，请先到“受理”点“窗口正式受理了”。" : on > today ? "日期不能晚于今天。" : "";
  error("result_on", why);
  if (why) return null;
  const then = !on || on === today ? [tap("step_start", screen)] : state.is_paused ? [] : [tap("pause")];
  return [tap("result", screen, { on }), ...then];
}

function accepted({ record: { following }, step }) {
  const payload = { receipt: typed("receipt"), promised_on: find("#promised_on").value || null };
  return [tap("accepted", step, payload), ...(following ? [tap("step_start", following.id)] : [])];
}

// What each button adds to the record: the same events in the same order as ACTIONS in walkthroughs/routes/steps.py.
const ACTIONS = {
  begin: (ctx) => [begin(ctx)],
  pause: () => [tap("pause")],
  trip: (ctx) => [tap("trip"), begin(ctx)],
  number,
  called: (ctx) => [called(ctx)],
  back: ({ record }) => [tap("retract", null, { event: record.waiting })],
  next,
  accepted,
  result,
  rest: ({ record }) => [tap(record.state.accepted ? "rest" : "pause")],
  review: ({ record: { state } }) => (state.current && !state.is_paused ? [tap("pause")] : []),
  save: () => [],
  dismiss: (_ctx, question) => [tap("dismiss", null, { question })],
};

/** Do what a button says: one transaction, a word with 撤销, then go where it leads. */
export async function act(ctx, name, value, words) {
  const drafts = ACTIONS[name](ctx, value);
  if (!drafts) return;
  const following = name === "accepted" ? (ctx.record.following || {}).screen : name === "next" && ctx.record.nextScreen(ctx.screen);
  const text = ctx.record.doing("result", ctx.screen) && typed("track");
  if (text) {
    drafts.unshift(tap("track", ctx.record.following.id, { channel: find("#channel").value, text }));
    find("#track").value = "";
  }
  const done = name === "review" ? "停止计时" : words.replace("下一步：", "进入");
  if (drafts.length) await ctx.add(drafts, { undo: `${done} · 已记 ${shownClock(ctx.box.now().at)}` });
  if (following) ctx.go(following);
  if (name === "rest" || name === "review") ctx.open("review");
}

/** Let the second tap of a double tap not press what comes up in the same place. */
export function holdMain() {
  const held = all(".foot .primary");
  const hold = (isHeld) => held.forEach((button) => (button.disabled = isHeld));
  hold(true);
  setTimeout(hold, DOUBLE_TAP, false);
}
