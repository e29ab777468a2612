import { find } from "../../lib/dom.js";
import { openForm } from "./forms.js";
import { fillSheet } from "./parts.js";

/** A length typed by hand, with its reason. */
export const timingSheet = {
  show(ctx, element, { step }) {
    const { seconds } = ctx.record.state.steps[step] || { seconds: 0 };
    openForm(ctx, find("form", element), `timing:${step}`, { minutes: Math.round(seconds / 60) }, async ({ minutes, reason }) => {
      await ctx.add([{ kind: "timing", step, payload: { seconds: minutes * 60, reason } }]);
      ctx.back();
    });
    fillSheet(element, { title: ctx.record.step(step).title }, {});
  },
};
