import { find } from "../../lib/dom.js";
import { localDay } from "../../lib/time.js";
import { drawPicks, openForm, openPicks } from "./forms.js";
import { fillSheet } from "./parts.js";

/** What is done about a problem: at once, or by a day and in steps (S002-65, S002-66). */
export const measureSheet = {
  show(ctx, element, { finding }) {
    const { measure, severity, title } = ctx.record.state.findings[finding] || {};
    const rule = ctx.island.questionnaire.severities.find((one) => one.id === severity) || {};
    const today = localDay(ctx.box.now().at);
    const form = find("form", element);
    const values = measure || { rectify_type: rule.rectify_type, due_on: workdaysAfter(today, rule.days) };
    const start = openForm(ctx, form, `measure:${finding}`, values, async ({ photos, due_on, done_on, ...words }) => {
      const days = { due_on: due_on || null, done_on: done_on || null };
      await ctx.add([{ kind: "measure", payload: { finding, ...words, ...days, after_photos: photos } }]);
      ctx.back();
    });
    find("#s-measure-done_on").max = today;
    form.onchange = () => fillSheet(element, { title }, { [form.elements["s-measure-rectify_type"].value]: true });
    form.onchange();
    openPicks(ctx, element, start.photos || start.after_photos || [], "result");
  },
  update: (ctx, element) => drawPicks(ctx, element),
};

/** Return the day so many weekdays later: no holidays here, the walker may change it. */
function workdaysAfter(day, count) {
  const date = new Date(day);
  for (let left = count; left > 0; left -= date.getUTCDay() % 6 ? 1 : 0) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
