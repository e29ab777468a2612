const RESCUE_SCHEMA = "walkthrough-rescue/1";
const RESCUE_CHUNK = 1048576;
const P256 = { name: "ECDH", namedCurve: "P-256" };

const base64Url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
const fromBase64Url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * Return {about, parts}: `about` is rescue.json, `parts` the functions that encrypt the blob piece by piece, for the
 * public key {kid, key} only. `chance` (pair, salt, nonce) is for the test vector.
 */
export async function sealFor({ kid, key }, blob, chance = {}) {
  const { subtle } = crypto;
  const pair = chance.pair || (await subtle.generateKey(P256, false, ["deriveBits"]));
  const { salt = randomBytes(16), nonce = randomBytes(8) } = chance;
  const theirs = await subtle.importKey("raw", fromBase64Url(key), P256, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const seed = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(RESCUE_SCHEMA) };
  const secret = await subtle.deriveKey(hkdf, seed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const epk = base64Url(await subtle.exportKey("raw", pair.publicKey));
  const about = { schema: RESCUE_SCHEMA, kid, epk, salt: base64Url(salt), chunk: RESCUE_CHUNK, nonce: base64Url(nonce) };
  const count = Math.ceil(blob.size / RESCUE_CHUNK);
  return {
    about,
    parts: Array.from({ length: count }, (_, n) => () => sealChunk(secret, nonce, blob, n, n === count - 1)),
  };
}

async function sealChunk(secret, nonce, blob, n, isLast) {
  const iv = new Uint8Array(12);
  iv.set(nonce);
  new DataView(iv.buffer).setUint32(8, n);
  const additionalData = new TextEncoder().encode(isLast ? "last" : "more");
  const plain = await blob.slice(n * RESCUE_CHUNK, (n + 1) * RESCUE_CHUNK).arrayBuffer();
  return crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, secret, plain);
}
