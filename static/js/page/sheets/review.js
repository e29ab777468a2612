import { all, fillList, find } from "../../lib/dom.js";
import { localDay } from "../../lib/time.js";
import { askedIn, peopleOf } from "../../walk/people.js";
import { closingOf, gaps, ribbonOf } from "../../walk/review.js";
import { drawEvidence } from "./capture.js";
import { fillLine, fillSheet, hear, keepTyping, spell } from "./parts.js";
import { drawRibbon } from "./ribbon.js";
import { drawPeopleIn } from "./set.js";

const CHIP_KINDS = { moderate: "bad", serious: "bad", immediate: "good", deadline: "wait" };
let texts = null;

/** 核对: what is missing, what was found, what is declared, and the end of the walk. */
export const reviewSheet = {
  show(ctx, element) {
    texts = texts || [
      keepTyping(find("#s-review-feeling"), (text) => ctx.add([{ kind: "feeling", payload: { text } }])),
      keepTyping(find("#s-review-no_finding"), (reason) => ctx.add([{ kind: "no_finding", payload: { reason } }])),
    ];
    hear(ctx, element, {
      finding: () => ctx.open("finding"),
      rest: () => ctx.add([{ kind: "rest" }], { undo: "先放着了" }),
      finish: () => flushTexts().then(() => finishWalk(ctx)),
    });
  },
  update(ctx, element) {
    const { record } = ctx;
    const { state, isAwaiting } = record;
    const found = Object.keys(state.findings);
    const taken = [...Object.values(state.photos), ...Object.values(state.clips)];
    const missing = gaps(record);
    const { total, waited } = drawRibbon(find("#s-ribbon"), ribbonOf(record));
    const words = {
      ...headOf(record, total, waited),
      gaps: missing.length ? `还差 ${missing.length} 项` : "都齐了",
      findings: `发现问题 ${found.length} 个`,
      taken: `现场佐证 ${taken.length} 件`,
    };
    const resting = state.status === "awaiting_result";
    const counts = { timed: total, untimed: !total, gapless: !missing.length, faultless: !found.length && !record.island.walk.is_recheck, taken: taken.length };
    fillSheet(element, words, { ...counts, resting, isAwaiting, canRest: isAwaiting && !resting, isComplete: !isAwaiting });
    drawLines("s-gaps", missing, (one, old) => fillLine(old, one.text, one.hint, "去补", mendGap(ctx, one)), (one) => one.text + one.target);
    drawLines("s-findings", found, (key, old) => drawFinding(ctx, key, old), String);
    drawLines("s-steps", record.questionnaire.steps, (one, old) => drawStep(ctx, one, old), (one) => one.id);
    drawEvidence(ctx, find(".shots", element), taken);
    for (const place of all("[data-people]", element)) drawPeopleIn(ctx, place, place.dataset.people);
    texts[0].fill(state.feeling);
    texts[1].fill(state.no_finding_reason);
    for (const { id } of closingOf(record)) if (id in record.answers) ctx.error(`card-${id}`, "");
  },
  hide: flushTexts,
};

function flushTexts() {
  return Promise.all(texts.map((one) => one.flush()));
}

function drawLines(id, items, make, key) {
  fillList(find(`#${id} .rows`), items, make, key);
}

function headOf({ state: { started_at, total_seconds }, trips, doing }, total, waited) {
  const hasDesk = ["queue", "accept", "result"].some(doing);
  return {
    day: started_at && dayOf(localDay(started_at)),
    total: `全程 ${spell(total_seconds)}${trips || hasDesk ? ` · 跑 ${trips} 趟` : ""}`,
    did: `办理 ${spell((total - waited) * 60)}`,
    waited: `等候 ${spell(waited * 60)}（${Math.round((waited / total) * 100)}%）`,
  };
}

function dayOf(day) {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
}

/** Return the chip for what is chosen in a form of these sheets: its words stand there. */
function chipOf(field, value, more = "") {
  const choice = find(`[name=s-${field}][value=${value}] + *, [name=s-${field}] [value=${value}]`);
  return [CHIP_KINDS[value] || "", (choice ? choice.textContent : value).split(" · ").pop() + more];
}

const tagName = (tag) => (find(`.tagpick [value=${tag}] + *`) || { textContent: tag }).textContent;

function drawFinding(ctx, key, old) {
  const { title, fact, severity, category, measure, tags = [] } = ctx.record.state.findings[key];
  const { rectify_type: kind, due_on } = measure || {};
  const chips = [
    chipOf("finding-severity", severity),
    chipOf("finding-category", category),
    ...tags.map((tag) => ["", tagName(tag)]),
    measure ? chipOf("measure-rectify_type", kind, kind === "deadline" ? ` ${dayOf(due_on)}` : "") : ["wait", "没写措施"],
  ];
  return fillLine(old, title, fact, "修改", () => ctx.open("finding", { finding: key }), chips);
}

function drawStep(ctx, { id, title }, old) {
  const { record } = ctx;
  const { steps, photos } = record.state;
  const known = steps[id];
  const asked = askedIn(record, id);
  const people = peopleOf(record, id).length;
  const taken = Object.values(photos).filter((one) => one.step === id).length;
  const parts = [
    known ? spell(known.seconds) : "没有计时",
    known && known.typed && `手工改过（${known.typed.reason}）`,
    people && `问了 ${people} 人`,
    `${asked.filter((one) => one.id in record.answers).length}/${asked.length} 问已答`,
    taken && `${taken} 张照片`,
  ];
  return fillLine(old, title, parts.filter(Boolean).join(" · "), "改用时", () => ctx.open("timing", { step: id }));
}

/** Return what takes one to where a gap is closed; nothing when nothing here can. */
function mendGap(ctx, { page, target, text }) {
  if (target === "photos") return () => ctx.open(ctx.record.pending.length ? "storage" : "capture");
  if (ctx.record.screens.includes(page)) return () => ctx.go(page);
  if (page === "photo") return () => ctx.open("photo", { photo: target });
  if (page === "finding") return () => ctx.open(text.includes("配照片") ? "finding" : "measure", { finding: target });
  return target && (() => focusCard(target));
}

function focusCard(question) {
  (find(`#card-${question} input, #s-${question} input`) || find("#s-review input")).focus();
}

/** Finish the walk, or show what must be there before, as walkthroughs/gates.py does. */
function finishWalk(ctx) {
  const { state, island } = ctx.record;
  const { is_recheck } = island.walk;
  const needsReason = !is_recheck && !Object.keys(state.findings).length && !state.no_finding_reason;
  ctx.error("s-review-no_finding", needsReason ? "没有发现问题，请写明原因（要真正发现问题）。" : "");
  if (needsReason) return find("#s-review-no_finding").focus();
  const unsaid = closingOf(ctx.record).find((one) => one.required && !(one.id in state.answers));
  if (!unsaid) return ctx.add([{ kind: "finish" }]);
  const words = is_recheck || unsaid.addon !== "integrity" ? `请回答“${unsaid.text}”` : "请如实填写暗访纪律四项，没做到也可以说明情况";
  ctx.error(`card-${unsaid.id}`, `${words}。`);
  focusCard(unsaid.id);
}
