import { factsOf } from "./exif.js";
import { flawOf } from "./flaws.js";

const EDGE = 2048; // px of the longer side that is sent
const SMALL_EDGE = 320; // and of the preview
const QUALITY = 0.82;
const MOST_PIXELS = 60e6; // larger ones are left to the server: decoding them can kill the page

/** Return {full, preview} as JPEG bytes, upright and without EXIF; throws when the browser cannot decode it rightly. */
export async function shrinkPicture(blob, head) {
  const facts = factsOf(head);
  if (facts.width * facts.height > MOST_PIXELS) throw new Error("too many pixels");
  if (await flawOf(blob, head, blob.type)) throw new Error("what is left of it must not pass for all of it");
  const picture = await decodePicture(blob, facts);
  try {
    return { full: await jpegOf(picture, EDGE), preview: await jpegOf(picture, SMALL_EDGE) };
  } finally {
    if (picture.close) picture.close();
  }
}

async function decodePicture(blob, facts) {
  try {
    const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image", ...reducing(facts) });
    if (isUpright(bitmap.width, facts)) return bitmap;
    bitmap.close();
  } catch (error) {
    if (error.name === "InvalidStateError") throw error; // broken: <img> would show what is left of it
    // else an older browser: it turns what it shows as <img>
  }
  if (facts.turn > 1 && !CSS.supports("image-orientation", "from-image")) throw new Error("would lie on its side");
  const image = await loadImage(blob);
  if (!isUpright(image.naturalWidth, facts)) throw new Error("lies on its side");
  return image;
}

/** Let the browser give away the full picture as soon as it can; where the camera was turned it is not clear what width means. */
function reducing({ turn, width, height }) {
  const scale = EDGE / Math.max(width, height);
  if (turn > 1 || !width || scale >= 1) return {};
  return { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale), resizeQuality: "high" };
}

/** A picture taken sideways must come out as wide as it was stored high. */
function isUpright(shown, { turn, width, height }) {
  return turn < 5 || width === height || !width || shown !== width;
}

function loadImage(blob) {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  return new Promise((done, fail) => {
    image.onload = () => done(image);
    image.onerror = fail;
  }).finally(() => URL.revokeObjectURL(image.src));
}

async function jpegOf(picture, edge) {
  const width = picture.naturalWidth || picture.width;
  const height = picture.naturalHeight || picture.height;
  const scale = Math.min(1, edge / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0; // gives the memory back at once
  return blob.arrayBuffer();
}
