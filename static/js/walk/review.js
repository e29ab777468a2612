/** Return what is missing or looks thin: [{text, hint, page, target}], as walkthroughs/review.py does. */
export function gaps(record) {
  const found = [];
  const add = (text, hint, page, target = "") => found.push({ text, hint, page, target });
  const looks = [stepGaps, evidenceGaps, findingGaps, closingGaps, modeGaps, clockGaps];
  for (const look of looks) look(add, record, record.state);
  return found;
}

/** Tell whether the walker has hidden what must be hidden, though the masked copy may not be made yet. */
export function isSettled({ masked, boxes, is_clear }) {
  return Boolean(masked || boxes.length || is_clear);
}

function reachedSteps({ questionnaire, simulationStep, isAwaiting }) {
  const steps = questionnaire.steps.filter(({ id }) => id !== "track");
  const end = steps.findIndex(({ id }) => id === simulationStep);
  return end < 0 ? steps.filter(({ id }) => !isAwaiting || id !== "result") : steps.slice(0, end + 1);
}

function stepGaps(add, record, { steps }) {
  const { is_recheck } = record.island.walk;
  for (const { id, title, screen } of reachedSteps(record)) {
    const step = steps[id];
    if (!record.doneSteps.has(id)) {
      add(`“${title}”没有记录`, is_recheck ? "请到现场把这一步再走一遍" : "全程办是指从查询到拿到结果每一步都走", screen);
    } else if (step && step.seconds < 60 && step.runs.every((run) => run.stop)) {
      add(`“${title}”用时不到 1 分钟`, "如果是忘了计时，可以改用时并写明原因", screen);
    }
    const open = record.questionsOn(screen).filter((one) => one.step === id && !(one.id in record.answers));
    if (step && open.length) add(`“${title}”还有 ${open.length} 问没答`, "不适用的可以点“不适用”", screen);
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

function closingGaps(add, { closingQuestions }, { answers }) {
  for (const { id, text, note } of closingQuestions) {
    const isBare = note && answers[id] && answers[id].value === "no" && !answers[id].note;
    if (isBare) add(`“${text.replace(/？+$/, "")}”选了否，还没有说明`, "简单说明情况即可", "review", id);
  }
}

function modeGaps(add, { closingQuestions, island, isAwaiting }, { answers }) {
  const opinions = closingQuestions.filter(({ required }) => !required);
  if (opinions.length && !opinions.some(({ id }) => id in answers)) {
    add("还没有记下陪同对象的意见", "听取企业办事人员和群众意见，不记姓名", "review", "accompany");
  }
  if (island.walk.must_walk && island.walk.role !== "head" && !island.walk.is_recheck) {
    add("这个事项已列为一把手必须亲身体验", "这次的记录照常保留，一把手还须亲身走一遍（S002-10）", "review");
  }
  if (isAwaiting) add("已受理，还没有拿到结果", "可以先报送，拿到结果后再补报", "result");
}

function clockGaps(add, { screens }, { flags }) {
  if (flags.some((flag) => /^clock_/.test(flag))) add("手机时间变动过", "请看一下各环节用时，不对的可以改", screens[0]);
  if (flags.includes("long_run")) {
    add("有一个环节计时超过 6 小时", "如果是忘了停，可以改用时并写明原因", screens[0]);
  }
}
