import { wholeMinutes } from "../lib/time.js";
import { askedIn } from "./people.js";
import { secondsOf } from "./runs.js";
import { deedOf } from "./screens.js";

/** Return what is missing or looks thin: [{text, hint, page, target}], as walkthroughs/review.py does. */
export function gaps(record) {
  const found = [];
  const add = (text, hint, page, target = "") => found.push({ text, hint, page, target });
  const looks = [stepGaps, evidenceGaps, findingGaps, closingGaps, modeGaps, clockGaps];
  for (const look of looks) look(add, record, record.state);
  return found;
}

/** Return the steps that took time as the time ribbon draws them: [{label, minutes, kind, running}]. */
export function ribbonOf({ questionnaire, state }) {
  const timed = questionnaire.steps.filter(({ id }) => secondsOf(state.steps[id]));
  return timed.map(({ id, short, ribbon }) => {
    return { label: short, minutes: wholeMinutes(secondsOf(state.steps[id])), kind: ribbon, running: false };
  });
}

/** Return the questions that are asked once all is walked. */
export const closingOf = ({ questionnaire }) => questionnaire.questions.filter((one) => one.at === "finish");

/** Return the ids of the steps that took time or are proved, as `done_steps` in walkthroughs/record.py. */
export function doneStepsOf({ doing, state: { steps, accepted, result } }) {
  const timed = Object.keys(steps).filter((name) => steps[name].runs.length || steps[name].typed);
  const proved = [accepted && doing("accept"), result && doing("result")].filter(Boolean);
  return new Set([...timed, ...proved.map(({ id }) => id)]);
}

/** Tell whether the walker has hidden what must be hidden, though the masked copy may not be made yet. */
export function isSettled({ masked, boxes, is_clear }) {
  return Boolean(masked || boxes.length || is_clear);
}

function reachedSteps({ questionnaire, simulationStep, isAwaiting }) {
  const steps = questionnaire.steps.filter((one) => deedOf(one) !== "track");
  const end = steps.findIndex(({ id }) => id === simulationStep);
  return end < 0 ? steps.filter((one) => !isAwaiting || deedOf(one) !== "result") : steps.slice(0, end + 1);
}

function unwalkedHint({ island, doing, questionnaire }) {
  if (island.walk.is_recheck) return "请到现场把这一步再走一遍";
  if (!doing("result")) return "请到现场走一遍，在这一步点“开始计时”";
  return `全程办是指从${questionnaire.steps[0].title}到拿到结果每一步都走`;
}

function addOpen(add, record, { id, title, screen }) {
  const open = askedIn(record, id).filter((one) => !(one.id in record.answers));
  for (const who of new Set(open.map(({ respondent = "" }) => respondent))) {
    const count = open.filter(({ respondent = "" }) => respondent === who).length;
    add(`“${title}”${who}还有 ${count} 问没答`, "不适用的可以点“不适用”", screen);
  }
}

function stepGaps(add, record, { steps }) {
  const done = doneStepsOf(record);
  for (const one of reachedSteps(record)) {
    const { id, title, screen } = one;
    const step = steps[id];
    if (!done.has(id)) {
      add(`“${title}”没有记录`, unwalkedHint(record), screen);
    } else if (step && step.seconds < 60 && step.runs.every((run) => run.stop)) {
      add(`“${title}”用时不到 1 分钟`, "如果是忘了计时，可以改用时并写明原因", screen);
    }
    if (step) addOpen(add, record, one);
  }
}

function evidenceGaps(add, { pending, refused, screens, island }, state) {
  const photos = Object.values(state.photos);
  const bare = photos.filter((photo) => !isSettled(photo) && !photo.refused);
  const { is_recheck } = island.walk;
  if (!photos.length) {
    add("没有佐证照片", is_recheck ? "回头看至少要有一张现场照片" : "报送后可能被退回补充", screens[0], "photos");
  }
  if (bare.length) {
    add(`${bare.length} 张照片还没有打码或确认`, "报告只用打过码或确认无需打码的照片", "photo", bare[0].id);
  }
  if (pending.length) {
    add(`${pending.length} 份佐证还在手机上，没有传完`, "连上网会自动上传，传完再报送", screens[0], "photos");
  }
  for (const one of refused) add("有一份佐证没能用上", one.refused, "photo", one.id);
}

function findingGaps(add, { openSuggestions: open, step }, { findings }) {
  if (open.length) {
    const page = open[0].step ? step(open[0].step).screen : "review";
    add(`${open.length} 处可能的问题还没定`, "记为问题，或者点“不是问题”", page);
  }
  for (const [key, { title, measure, photos = [] }] of Object.entries(findings)) {
    const { rectify_type, after_photos = [] } = measure || {};
    if (!measure) add(`问题“${title}”还没有整改措施`, "立行立改，或者写明时限和步骤", "finding", key);
    else if (rectify_type === "immediate" && !after_photos.length) {
      add(`问题“${title}”立行立改，还没有整改后的照片`, "改好以后补拍一张", "finding", key);
    }
    if (!photos.length) add(`问题“${title}”没有配照片`, "没有照片也可以报送", "finding", key);
  }
}

function closingGaps(add, record, { answers }) {
  for (const { id, text, note } of closingOf(record)) {
    const isBare = note && answers[id] && answers[id].value === "no" && !answers[id].note;
    if (isBare) add(`“${text.replace(/？+$/, "")}”选了否，还没有说明`, "简单说明情况即可", "review", id);
  }
}

function modeGaps(add, record, { answers }) {
  const { island, isAwaiting, doing } = record;
  const opinions = closingOf(record).filter(({ required }) => !required);
  for (const addon of new Set(opinions.map((one) => one.addon))) {
    const own = opinions.filter((one) => one.addon === addon);
    if (own.some(({ id }) => id in answers)) continue;
    if (addon === "accompany") add("还没有记下陪同对象的意见", "听取企业办事人员和群众意见，不记姓名", "review", addon);
    else add(`“${own[0].text.replace(/？+$/, "")}”还没有填`, "不适用的可以点“不适用”", "review", addon);
  }
  if (island.walk.must_walk && island.walk.role !== "head" && !island.walk.is_recheck) {
    add("这个事项已列为一把手必须亲身体验", "这次的记录照常保留，一把手还须亲身走一遍（S002-10）", "review");
  }
  if (isAwaiting) add("已受理，还没有拿到结果", "可以先报送，拿到结果后再补报", doing("result").screen);
}

function clockGaps(add, { screens }, { flags }) {
  if (flags.some((flag) => /^clock_/.test(flag))) add("手机时间变动过", "请看一下各环节用时，不对的可以改", screens[0]);
  if (flags.includes("long_run")) {
    add("有一个环节计时超过 6 小时", "如果是忘了停，可以改用时并写明原因", screens[0]);
  }
}
