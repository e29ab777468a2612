const shaPrimes = [];
for (let n = 2; n < 312; n++) if (shaPrimes.every((prime) => n % prime)) shaPrimes.push(n);
const shaRoots = (root) => Int32Array.from(shaPrimes, (prime) => (root(prime) % 1) * 2 ** 32);
const SHA_ROUNDS = shaRoots(Math.cbrt);
const turned = (x, n) => (x >>> n) | (x << (32 - n));

/** Return the SHA-256 of a Uint8Array in hex; at once, and without crypto.subtle, which plain http does not have. */
export function sha256(bytes) {
  return new Sha256().add(bytes).hex();
}

/** A SHA-256 that is given its bytes piece by piece. */
export class Sha256 {
  constructor() {
    this.state = shaRoots(Math.sqrt).slice(0, 8);
    this.block = new Uint8Array(64);
    this.size = 0;
  }

  add(bytes) {
    const open = this.size % 64;
    const first = open ? Math.min(64 - open, bytes.length) : 0;
    const last = bytes.length - ((bytes.length - first) % 64);
    this.size += bytes.length;
    this.block.set(bytes.subarray(0, first), open);
    if (open + first === 64) shaBlocks(this.state, this.block);
    shaBlocks(this.state, bytes.subarray(first, last));
    if (last < bytes.length) this.block.set(bytes.subarray(last));
    return this;
  }

  hex() {
    const open = this.size % 64;
    const state = this.state.slice();
    const tail = new Uint8Array(open < 56 ? 64 : 128);
    tail.set(this.block.subarray(0, open));
    tail[open] = 128;
    new DataView(tail.buffer).setUint32(tail.length - 8, this.size / 2 ** 29);
    new DataView(tail.buffer).setUint32(tail.length - 4, this.size * 8);
    shaBlocks(state, tail);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

// `v` holds the eight working words at v[i]…v[i + 7]; each round slides them down by one.
function shaBlocks(state, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const w = new Int32Array(64);
  const v = new Int32Array(72);
  for (let at = 0; at < bytes.length; at += 64) {
    v.set(state, 64);
    for (let n = 0, i = 64; n < 64; n++, i--) {
      if (n < 16) w[n] = view.getInt32(at + 4 * n);
      else {
        const x = w[n - 15];
        const y = w[n - 2];
        const mixed = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
        w[n] = w[n - 16] + w[n - 7] + mixed + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
      }
      const a = v[i];
      const b = v[i + 1];
      const c = v[i + 2];
      const e = v[i + 4];
      const one = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const sum = v[i + 7] + one + ((e & v[i + 5]) ^ (~e & v[i + 6])) + SHA_ROUNDS[n] + w[n];
      v[i + 3] += sum;
      v[i - 1] = sum + (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    }
    for (let n = 0; n < 8; n++) state[n] += v[n];
  }
}
