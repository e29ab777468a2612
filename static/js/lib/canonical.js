import { sha256 } from "./sha256.js";

/** Return the bytes of `value` as core/ids.py writes them: keys sorted, no spaces, UTF-8, numbers as in Python. */
export function canonical(value) {
  return new TextEncoder().encode(canonicalText(value));
}

/** Return the SHA-256 of the canonical JSON of `value`, in hex. */
export function digest(value) {
  return sha256(canonical(value));
}

function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (value && typeof value === "object") {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join()}}`;
  }
  // Python writes 1e-05 where JavaScript writes 0.00001.
  const isTiny = typeof value === "number" && value !== 0 && Math.abs(value) < 1e-4;
  return isTiny ? value.toExponential().replace(/e-(\d)$/, "e-0$1") : JSON.stringify(value);
}
