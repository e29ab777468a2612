import { fillList, find } from "../../lib/dom.js";
import { drawTile } from "../steps.js";
import { hearTakes } from "./forms.js";
import { fillSheet, hear } from "./parts.js";
import { isRecording, recoverVoice, startVoice, stopVoice } from "./voice.js";

const RECOVER_AFTER = 16000; // ms after opening: by then a killed recording stands still

/** Every way to take evidence: camera, album, camera inside the page, film, voice. */
export const captureSheet = {
  start: (ctx) => setTimeout(() => recoverVoice(ctx), RECOVER_AFTER),
  show(ctx, element) {
    hearTakes(ctx, element, (files, { accept }) => ctx.keep(files, accept === "video/*" ? { kind: "clip", payload: { sort: "video" } } : {}));
    hear(ctx, element, {
      camera: () => ctx.open("camera"),
      voice: () => startVoice(ctx, () => captureSheet.update(ctx, element)),
      stop: stopVoice,
    });
  },
  update(ctx, element) {
    const camera = window.isSecureContext && navigator.mediaDevices;
    const recording = isRecording();
    const mine = takenAt(ctx, "photos", "clips");
    fillSheet(element, { evidence: `本环节已有 ${mine.length} 件` }, {
      camera,
      voice: camera && window.MediaRecorder,
      recording,
      silent: !recording,
      evidence: mine.length,
    });
    drawEvidence(ctx, find(".shots", element), mine);
  },
  hide: stopVoice,
};

/** Return the evidence of the step one stands at. */
export function takenAt(ctx, ...kinds) {
  return kinds.flatMap((kind) => Object.values(ctx.record.state[kind])).filter((one) => one.step === ctx.step);
}

/** Draw pictures and clips as tiles. */
export function drawEvidence(ctx, parent, items) {
  fillList(parent, items, (one, old) => drawTile(ctx, one, old), (one) => one.id);
}
