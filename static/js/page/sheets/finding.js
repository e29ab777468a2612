import { all, find } from "../../lib/dom.js";
import { uuid4 } from "../../lib/uuid.js";
import { drawPicks, openForm, openPicks } from "./forms.js";
import { fillSheet, hear } from "./parts.js";

/** A problem: new from a suggestion or by hand, or one to edit or drop; saving goes on to its measure. */
export const findingSheet = {
  show(ctx, element, args) {
    const known = ctx.record.state.findings[args.finding];
    const base = known || proposal(ctx.record, args);
    const { step, question = null } = base;
    const finding = args.finding || uuid4();
    const draft = `finding:${args.finding || args.question || ""}`;
    const form = find("form", element);
    const start = openForm(ctx, form, draft, base, async (data) => {
      if ("root_cause" in data) data.root_cause = data.root_cause || null;
      const clause = clauseOf(ctx.record, question, data.category);
      await ctx.add([{ kind: "finding", step, payload: { finding, ...data, clause, question } }]);
      ctx.open("measure", { finding }, true);
    });
    for (const box of all(".tagpick input", form)) box.checked = (start.tags || []).includes(box.value);
    form.onchange = () => {
      const clause = clauseOf(ctx.record, question, form.elements["s-finding-category"].value);
      const title = known ? "修改问题" : "记为问题";
      fillSheet(element, { title, clause: clause && `依据：${clause.text}（${clause.seed}）` }, { known });
    };
    form.onchange();
    openPicks(ctx, element, start.photos || [], step);
    hear(ctx, element, {
      drop() {
        ctx.draft(draft, "");
        ctx.add([{ kind: "drop", payload: { finding } }], { undo: "已撤掉" });
        ctx.back();
      },
    });
  },
  update: (ctx, element) => drawPicks(ctx, element),
};

/** Fill a new finding from the suggestion behind a question, as measures.proposal does. */
function proposal({ questionnaire: { steps }, state, suggestions }, { question, screen }) {
  const one = suggestions.find((each) => each.question === question) || {};
  const here = steps.find((each) => each.screen === screen) || {};
  const step = one.step || here.id || state.current || steps[0].id;
  const photos = Object.keys(state.photos).filter((id) => state.photos[id].step === step);
  const { note } = state.answers[question] || {};
  return { severity: "minor", ...one, step, fact: [one.reason, note].filter(Boolean).join("。"), photos: photos.slice(-2) };
}

/** Return the clause a problem goes back to: its question's own, else that of the first question of its category. */
function clauseOf({ questionnaire: { questions }, answers }, question, category) {
  const points = (one) => (one.suggest || []).some((rule) => rule.category === category);
  const match = questions.find((one) => one.id === question && question in answers) || questions.find(points);
  return match ? match.clause : null;
}
