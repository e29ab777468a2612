import { Sha256, sha256 } from "../lib/sha256.js";

/** Return the SHA-256 of an ArrayBuffer in hex, with the browser's own code where it has it. */
export async function hashOf(buffer) {
  const { subtle } = globalThis.crypto || {};
  if (!subtle) return sha256(new Uint8Array(buffer));
  const bytes = new Uint8Array(await subtle.digest("SHA-256", buffer));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Read a blob piece by piece and hand each to `keep(n, bytes)`; returns {sha256, size, slices} of the whole. */
export async function cutUp(blob, length, keep) {
  const whole = new Sha256();
  const slices = [];
  for (let at = 0; at < blob.size; at += length) {
    const bytes = await blob.slice(at, at + length).arrayBuffer();
    if (bytes.byteLength !== Math.min(length, blob.size - at)) throw new Error("the file is shorter than it says");
    whole.add(new Uint8Array(bytes));
    await keep(slices.length, bytes);
    slices.push({ sha: await hashOf(bytes), size: bytes.byteLength, sent: 0 });
  }
  return { sha256: whole.hex(), size: blob.size, slices };
}
