import { find } from "../../lib/dom.js";
import { drawEvidence, takenAt } from "./capture.js";
import { fillSheet, hear } from "./parts.js";
import { stopTracks, whyClosed } from "./voice.js";

const CAMERA_WANTED = { video: { facingMode: { ideal: "environment" }, width: { ideal: 2560 }, height: { ideal: 1920 } } };
let finder = null;
let watch = null;

/** A camera without sound inside the page; it is shut whenever it is not looked at. */
export const cameraSheet = {
  show(ctx, element) {
    hear(ctx, element, { shoot: () => shoot(ctx, find("video", element)) });
    if (!watch) document.addEventListener("visibilitychange", (watch = () => (document.hidden ? closeFinder() : openFinder(element))));
  },
  update(ctx, element) {
    openFinder(element);
    drawEvidence(ctx, find(".shots", element), takenAt(ctx, "photos").slice(-8));
  },
  hide: closeFinder,
};

async function openFinder(element) {
  if (finder || element.hidden) return;
  const mine = (finder = { getTracks: () => [] });
  const video = find("video", element);
  let said = "对准了点“拍下”，没有声音。";
  try {
    const stream = await navigator.mediaDevices.getUserMedia(CAMERA_WANTED);
    if (finder !== mine) return stopTracks(stream);
    video.srcObject = finder = stream;
    await video.play();
  } catch {
    said = whyClosed("相机");
  }
  fillSheet(element, { said });
}

function closeFinder() {
  if (finder) stopTracks(finder);
  finder = null;
}

async function shoot(ctx, video) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  canvas.width = 0;
  if (blob) await ctx.keep(blob);
}
