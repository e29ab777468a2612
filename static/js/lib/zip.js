const CRC_STEPS = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const UTF8_NAMES = 0x0800;
const NO_DATE = 0x21; // 1980-01-01

/** Return the CRC-32 of bytes, going on from that of the bytes before. */
export function crc32(bytes, before = 0) {
  let crc = ~before;
  for (let n = 0; n < bytes.length; n++) crc = (crc >>> 8) ^ CRC_STEPS[(crc ^ bytes[n]) & 255];
  return ~crc >>> 0;
}

/**
 * Return a ZIP (stored, not deflated) as a Blob. `files` are {name, parts}, a part being bytes or a function that
 * resolves to an ArrayBuffer: only one is in memory at a time. A file with a part that cannot be had is left out.
 */
export async function zipOf(files) {
  const pieces = [];
  const index = [];
  let at = 0;
  for (const { name, parts } of files) {
    const body = await gatherParts(parts);
    if (!body) continue;
    const label = new TextEncoder().encode(name);
    const about = [20, UTF8_NAMES, 0, 0, NO_DATE, body.crc, body.size, body.size, label.length, 0];
    pieces.push(packed("42222244422", [0x04034b50, ...about]), label, ...body.blobs);
    index.push(packed("42222224442222244", [0x02014b50, 20, ...about, 0, 0, 0, 0, at]), label);
    at += 30 + label.length + body.size;
  }
  const length = index.reduce((sum, part) => sum + part.length, 0);
  const count = index.length / 2;
  const end = packed("42222442", [0x06054b50, 0, 0, count, count, length, at, 0]);
  return new Blob([...pieces, ...index, end], { type: "application/zip" });
}

async function gatherParts(parts) {
  const body = { blobs: [], crc: 0, size: 0 };
  try {
    for (const part of parts) {
      const bytes = new Uint8Array(typeof part === "function" ? await part() : part);
      body.crc = crc32(bytes, body.crc);
      body.size += bytes.length;
      body.blobs.push(new Blob([bytes]));
    }
  } catch {
    return null;
  }
  return body;
}

/** Write numbers little-endian, each as many bytes wide as `widths` says. */
function packed(widths, values) {
  const bytes = [];
  values.forEach((value, n) => {
    for (let byte = 0; byte < Number(widths[n]); byte++) bytes.push((value >>> (8 * byte)) & 255);
  });
  return Uint8Array.from(bytes);
}
