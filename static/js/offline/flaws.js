import { factsOf } from "./exif.js";

const END = 0xd9; // of the markers of a JPEG

/**
 * Return the sentence why the server will refuse this photo, "" when nothing is seen; `head` are its first bytes,
 * `most` tells the pixels by type.
 */
export async function flawOf(blob, head, type, most = {}) {
  const { width, height } = factsOf(head);
  if (width * height > most[type]) return "照片的像素太多，请用手机相机按普通尺寸重新拍一张。";
  return type === "image/jpeg" && !(await hasEnd(blob)) ? "照片不完整，可能没有传完，请重新选择。" : "";
}

const bytesIn = async (blob) => new Uint8Array(await blob.arrayBuffer());

/** Tell whether a JPEG goes on to its end marker; only where cameras added something behind it is all of it read. */
async function hasEnd(blob) {
  const [mark, end] = await bytesIn(blob.slice(-2));
  return (mark === 0xff && end === END) || holdsEnd(await bytesIn(blob));
}

function holdsEnd(bytes) {
  for (let at = 2; (at = bytes.indexOf(0xff, at)) >= 0;) {
    const marker = bytes[at + 1];
    if (marker === END) return true;
    if (marker === 0xff) at += 1;
    else if (marker < 2 || marker >> 3 === 0xd0 >> 3) at += 2;
    else at += 2 + ((bytes[at + 2] << 8) | bytes[at + 3]); // at the end of a half one: 0
  }
  return false;
}
