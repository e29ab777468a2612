import { all, clone, fillList, fillRow, find, make, say, show } from "../lib/dom.js";
import { shownClock } from "../lib/time.js";

const LONG = 3600e3; // ms without anything sent, then the way out is offered
const KINDS = { photo: "照片", clip: "录音录像", video: "录像", voice: "录音" };

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
  if (ctx.sheet !== "storage") return;
  drawPanel(ctx, report, text);
  find("[value=rescue]").classList.toggle("primary", isStuck);
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

/** 保存和上传: where everything is, and the ways out when it does not get away. */
export const storageSheet = {
  show(ctx, element) {
    find("[value=sync]", element).onclick = () => ctx.box.sync(true);
    find("[value=blank]", element).onclick = ctx.blank;
    find("[value=rescue]", element).onclick = () => exportPackage(ctx).catch((error) => ctx.toast(error.message));
  },
};

function drawPanel({ box }, report, status) {
  const { unsent, refused, media, signin, persisted, free, last_sent_at } = report;
  const words = {
    status,
    trouble: [report.trouble, report.problem, ...report.warnings].filter(Boolean).join("\n"),
    unsent: `${unsent} 项`,
    sent: last_sent_at ? shownClock(last_sent_at) : "还没有",
    kept: persisted ? "系统不会清理" : "空间不足时可能被清理",
    free: free ? `${(free / 1e9).toFixed(1)} GB` : "不清楚",
    signin: signin && "重新登录",
  };
  for (const part of all("[data-say]", find("[data-sheet=storage]"))) {
    if (part.dataset.say in words) say(part, words[part.dataset.say] || "");
    show(part, part.textContent);
  }
  const files = media.filter(({ state }) => state !== "refused");
  const waiting = unsent - files.filter(({ state }) => state !== "sent").length;
  const texts = { id: "texts", words: "回答和点选", said: waiting > 0 ? `${waiting} 项待传` : "已传" };
  const items = [texts, ...refused, ...files].map((item) => ({ ...box.events.find(({ id }) => id === item.id), ...item }));
  fillList(find("[data-list=items]"), items, (item, old) => drawItem(box, item, old), ({ id }) => id);
}

function drawItem(box, { id, words, kind, sort, at, state, progress, why, said }, old) {
  const name = words || `${KINDS[sort || kind] || "记录"} ${shownClock(at)}`;
  if (why) return fillRow(old, name, `没收下：${why}`, () => box.drop(id), "不要了");
  return fillRow(old, name, said || (state === "sent" ? "已传" : progress ? `正在上传 ${Math.floor(progress * 100)}%` : "待传"));
}

async function exportPackage({ box, toast }) {
  const { name, blob } = await box.rescue();
  make("a", { href: URL.createObjectURL(blob), download: name }).click();
  toast("记录包已导出");
}
