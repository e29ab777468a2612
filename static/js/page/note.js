import { find } from "../lib/dom.js";
import { tidyText } from "../walk/answers.js";

/** 记一笔: what is typed is kept while it is typed and becomes an event at 记下, or on leaving. */
export const noteSheet = {
  show(ctx, element) {
    const field = find("textarea", element);
    field.value = ctx.draft("note");
    field.oninput = () => ctx.draft("note", field.value);
    find("[value=note]", element).onclick = () => ctx.back();
    field.focus();
  },
  hide(ctx, element) {
    const field = find("textarea", element);
    const text = tidyText(field.value);
    field.value = "";
    if (text) ctx.add([{ kind: "note", step: ctx.step, payload: { text } }], { undo: "已记下" }).then(() => ctx.draft("note", ""));
  },
};
