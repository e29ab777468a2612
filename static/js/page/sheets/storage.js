import { all, fillList, fillRow, find, make, say, show } from "../../lib/dom.js";
import { shownClock } from "../../lib/time.js";
import { startDiscretion } from "./discreet.js";

const KINDS = { photo: "照片", clip: "录音录像", video: "录像", voice: "录音" };

/** 保存和上传: where everything is, and the ways out when it does not get away. */
export const storageSheet = {
  start: startDiscretion,
  show(ctx, element) {
    find("[value=sync]", element).onclick = () => ctx.box.sync(true);
    find("[value=blank]", element).onclick = ctx.blank;
    find("[value=rescue]", element).onclick = () => exportPackage(ctx).catch((error) => ctx.toast(error.message));
  },
  update(ctx, element) {
    drawPanel(ctx.box, ctx.box.report(), find("#saved").textContent.trim(), element);
    find("[value=rescue]", element).classList.toggle("primary", Boolean(find("#alerts [data-key=stuck]")));
  },
};

function drawPanel(box, report, status, element) {
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
  for (const part of all("[data-say]", element)) {
    if (part.dataset.say in words) say(part, words[part.dataset.say] || "");
    show(part, part.textContent);
  }
  const files = media.filter(({ state }) => state !== "refused");
  const waiting = unsent - files.filter(({ state }) => state !== "sent").length;
  const texts = { id: "texts", words: "回答和点选", said: waiting > 0 ? `${waiting} 项待传` : "已传" };
  const items = [texts, ...refused, ...files].map((item) => ({ ...box.events.find(({ id }) => id === item.id), ...item }));
  fillList(find("[data-list=items]", element), items, (item, old) => drawItem(box, item, old), ({ id }) => id);
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
