import { clone, find, say } from "../lib/dom.js";

const LONG = 3600e3; // ms without anything sent, then the way out is offered

/** Return what is true now about saving and sending: kind and words of the status line. */
export function statusOf({ trouble, signin, sending, unsent, refused }, isSaving) {
  if (trouble) return ["bad", "⚠ 存储失败"];
  if (isSaving) return ["wait", "正在存…"];
  if (signin) return ["wait", "需重新登录，记录都在本机"];
  if (sending) return ["wait", "正在上传…"];
  if (unsent) return ["wait", `已存本机 · ${unsent} 项待传`];
  return refused.length ? ["bad", `${refused.length} 项没收下`] : ["ok", "全部已上传"];
}

/** Bring the status line, the warnings and the panel in step with the box. */
export function drawStatus(ctx) {
  const report = ctx.box.report();
  const { trouble, unsent, refused, oldest, warnings } = report;
  const [kind, text] = statusOf(report, ctx.isSaving);
  const isStuck = refused.length || (unsent && Date.now() - Date.parse(oldest) > LONG);
  const open = () => ctx.open("storage");
  const button = find("#saved button");
  button.className = `status ${kind}`;
  say(button, text);
  showAlert("trouble", "bad", trouble, "查看", open);
  showAlert("stuck", "wait", isStuck && `${unsent + refused.length} 项没有传上去，可以先导出记录包。`, "查看", open);
  if (ctx.box.events.length < 3) showAlert("warnings", "wait", warnings.join(""), "知道了");
}

/** Show, change or (without a text) take away one notice above the walk, with a button. */
export function showAlert(name, kind, text, word, action) {
  let notice = find(`#alerts [data-key=${name}]`);
  if (!text) return notice && notice.remove();
  if (!notice) {
    notice = clone("alert");
    notice.dataset.key = name;
    find("#alerts").append(notice);
  }
  const button = find("button", notice);
  notice.className = `notice ${kind}`;
  say(find(".notice > div span", notice), text);
  say(button, word);
  button.onclick = action || (() => notice.remove());
}
