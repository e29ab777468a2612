export const HEAD = 128 * 1024; // bytes that hold EXIF and the frame of any camera's JPEG

const HEIF_BRANDS = /heic|heix|heim|heis|hevc|hevx|mif1|msf1/;

/** Return the MIME type of a photo or recording by its first bytes, "" for anything else. */
export function typeOf(head, sort) {
  const text = String.fromCharCode(...head.subarray(0, 64));
  const isBoxes = text.slice(4, 8) === "ftyp";
  const isHeif = isBoxes && HEIF_BRANDS.test(text.slice(8, Math.min(64, text.charCodeAt(2) * 256 + text.charCodeAt(3))));
  if (sort !== "photo") {
    const family = sort === "voice" ? "audio" : "video";
    if (isBoxes && !isHeif) return text.startsWith("qt", 8) ? `${family}/quicktime` : `${family}/mp4`;
    return text.startsWith("\x1a\x45\xdf\xa3") ? `${family}/webm` : "";
  }
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  return isHeif ? "image/heic" : "";
}
