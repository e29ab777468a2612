import { fillList, find, make } from "../../lib/dom.js";
import { isSettled } from "../../walk/review.js";
import { boxAt, placeBox } from "./mask.js";
import { fillSheet, hear, keepTyping } from "./parts.js";

const MOST_BOXES = 60; // what the schema takes
const AIM_MOVES = { ArrowLeft: [-0.03, 0], ArrowRight: [0.03, 0], ArrowUp: [0, -0.03], ArrowDown: [0, 0.03] };
const TITLES = { video: "录像", voice: "录音" };
let viewed = "";
let aim = [];
let captions = null;

const viewedIn = ({ record: { state } }) => state.photos[viewed] || state.clips[viewed];

/** One picture to mask by tap, or one clip to play; its words, and the way to drop it. */
export const photoSheet = {
  show(ctx, element, { photo, clip }) {
    viewed = photo || clip;
    aim = [0.5, 0.5];
    const evidence = viewedIn(ctx);
    if (!evidence) return ctx.back();
    captions = captions || hearPhoto(ctx, element);
    captions.fill(evidence.caption, true);
    showEvidence(ctx, element, evidence);
  },
  update(ctx, element) {
    const evidence = viewedIn(ctx);
    if (!evidence) return;
    const { caption, sort, boxes = [], refused } = evidence;
    const isDone = !sort && isSettled(evidence);
    captions.fill(caption);
    const done = boxes.length ? `已打码 ${boxes.length} 处` : "已确认不用打码";
    const words = { title: TITLES[sort] || "照片打码", said: isDone ? `${done}，可以用在报告里。` : "还没有打码或确认。", refused };
    fillSheet(element, words, { photo: !sort, clip: sort, refused, undo: boxes.length, clear: !isDone });
    fillList(find(".blocks", element), boxes, (box, old) => placeBox(old || make("b"), box), String);
  },
  hide(_ctx, element) {
    if (captions) captions.flush();
    find("video", element).pause();
  },
};

function hearPhoto(ctx, element) {
  const mask = (boxes, more) => {
    if (boxes.length <= MOST_BOXES) ctx.add([{ kind: "mask", payload: { photo: viewed, boxes, ...more } }]);
  };
  hear(ctx, element, {
    undo: () => mask(viewedIn(ctx).boxes.slice(0, -1)),
    clear: () => mask([], { clear: true }),
    drop() {
      ctx.add([{ kind: "retract", payload: { event: viewed } }], { undo: "已删掉" });
      ctx.back();
    },
  });
  hearPad(find(".maskpad", element), (box) => mask([...viewedIn(ctx).boxes, box]));
  return keepTyping(find("#s-photo-caption"), (text) => ctx.add([{ kind: "caption", payload: { photo: viewed, text } }]));
}

/** Cover where the picture is tapped, or where the arrow keys have moved the frame to. */
function hearPad(pad, cover) {
  const image = find("img", pad);
  const boxNow = () => boxAt(aim, find("[name=s-photo-size]:checked").value, image);
  const coverNow = () => image.naturalWidth && cover(boxNow());
  pad.onclick = ({ clientX, clientY }) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    aim = [(clientX - left) / width, (clientY - top) / height];
    coverNow();
  };
  pad.onkeydown = (event) => {
    const move = AIM_MOVES[event.key];
    if (!move && event.key !== "Enter") return;
    event.preventDefault();
    if (!move) return coverNow();
    aim = aim.map((part, n) => Math.max(0, Math.min(1, part + move[n])));
    placeBox(find(".aim", pad), boxNow()).scrollIntoView({ block: "nearest", inline: "nearest" });
  };
}

/** Show the fullest copy there is: on this phone, else on the server, else the small one. */
async function showEvidence(ctx, element, { id, sort }) {
  const place = find(sort ? "video" : ".maskpad img", element);
  const use = (blob) => {
    if (blob && id === viewed) place.src = URL.createObjectURL(blob);
    return blob;
  };
  place.removeAttribute("src");
  place.style.height = sort === "voice" ? "4rem" : "";
  place.onerror = () => {
    place.onerror = null;
    ctx.box.preview(id).then(use);
  };
  const isHere = use(await ctx.box.picture(id));
  if (!isHere && id === viewed) place.src = `${ctx.island.urls.page}/${sort ? `clips/${id}/clip` : `photos/${id}/clean.jpg`}`;
}
