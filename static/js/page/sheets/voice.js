import { find } from "../../lib/dom.js";
import { face } from "../../lib/time.js";

const VOICE_TYPES = ["audio/webm", "audio/mp4"];
const VOICE_SLICE = 3000; // ms of sound that a kill may cost
const VOICE_SLACK = 5; // seconds before the limit: what is longer is refused
const VOICE_LIVE = 15000; // ms after which a recording that stands still was killed
let voice = null;

export const isRecording = () => voice !== null;
export const stopTracks = (stream) => stream.getTracks().forEach((track) => track.stop());

/** Say in one sentence why a camera or microphone does not open. */
export const whyClosed = (device) => `${device}打不开，请在浏览器设置里允许使用，或看看是不是别的应用正在用。`;

/** Record a voice note; what was heard is stored every three seconds, so that a killed page keeps it. */
export async function startVoice(ctx, changed) {
  if (voice) return;
  const mine = (voice = { stop() {} });
  try {
    await recoverVoice(ctx);
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    if (voice !== mine) return stopTracks(stream);
    runVoice(ctx, stream, changed);
  } catch {
    voice = null;
    ctx.toast(whyClosed("话筒"));
  }
  changed();
}

export function stopVoice() {
  if (voice) voice.stop();
  voice = null;
}

function runVoice(ctx, stream, changed) {
  const mimeType = VOICE_TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const { step } = ctx;
  const parts = [];
  const since = performance.now();
  const seconds = () => Math.round((performance.now() - since) / 1000);
  const about = () => ({ step, seconds: seconds(), at: Date.now() });
  const still = tickVoice(stream, seconds);
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24000 });
  recorder.ondataavailable = async ({ data }) => {
    const n = parts.push(data);
    if (seconds() > ctx.island.limits.voice_seconds - VOICE_SLACK) stopVoice();
    ctx.draft("voice", JSON.stringify(about()));
    ctx.box.draft("voice", n, await data.arrayBuffer()).catch(() => {});
  };
  recorder.onstop = () => {
    still();
    stopTracks(stream);
    voice = null;
    changed();
    keepVoice(ctx, about(), parts);
  };
  recorder.start(VOICE_SLICE);
  voice.stop = () => recorder.stop();
}

/** Show how long and how loud; return what ends it. */
function tickVoice(stream, seconds) {
  const audio = new (window.AudioContext || window.webkitAudioContext)();
  const analyser = audio.createAnalyser();
  const samples = new Uint8Array(analyser.fftSize);
  audio.createMediaStreamSource(stream).connect(analyser);
  const ticking = setInterval(() => {
    analyser.getByteTimeDomainData(samples);
    find("#s-voice-time").textContent = face(seconds());
    find("#s-voice-level").value = Math.max(...samples) / 128 - 1;
  }, 200);
  return () => {
    clearInterval(ticking);
    audio.close();
  };
}

async function keepVoice(ctx, { step, seconds }, parts) {
  const kept = await ctx.keep(new Blob(parts), { kind: "clip", step, payload: { sort: "voice", seconds } });
  if (!kept.length) return;
  ctx.draft("voice", "");
  ctx.box.undraft("voice");
}

/** Bring back a voice note whose page was killed while it was recorded. */
export async function recoverVoice(ctx) {
  const about = JSON.parse(ctx.draft("voice") || "null");
  if (!about || Date.now() - about.at < VOICE_LIVE) return;
  const parts = await ctx.box.drafts("voice");
  if (parts.length) await keepVoice(ctx, about, parts);
}
