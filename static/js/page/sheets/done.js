import { find, say, show } from "../../lib/dom.js";
import { isOver } from "../done.js";

/** 已走完: stays honest until everything has arrived. */
export const doneSheet = {
  show() {},
  update(ctx, element) {
    const { unsent, refused, trouble } = ctx.box.report();
    const { status } = ctx.record.state;
    if (!isOver(ctx)) return ctx.go(ctx.record.currentScreen);
    const isSent = !unsent && !refused.length && !trouble;
    const waiting = unsent ? `还有 ${unsent} 项在上传，请先别关页面。` : "有的内容没有传上去，请看“保存和上传”。";
    say(find("h1", element), status === "void" ? "已作废" : "已走完");
    say(find("[data-say=done]", element), isSent ? "全部已上传。" : waiting);
    show(find("[data-say=review]", element), isSent);
    show(find("[value=storage]", element), !isSent);
    find("[value=storage]", element).onclick = () => ctx.open("storage");
  },
};
