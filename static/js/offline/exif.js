const NO_FRAMES = [0xc4, 0xc8, 0xcc]; // of the markers C0 to CF
const TURN = 0x0112;
const EXIF = 0x8769;
const TAKEN = 0x9003;
const ZONE = 0x9011;

/** Return {turn, taken, width, height} of a JPEG as far as its head tells them; width and height of a PNG. */
export function factsOf(head) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const facts = { turn: 1, taken: "", width: 0, height: 0 };
  try {
    if (view.getUint16(0) === 0xffd8) readSegments(view, facts);
    else if (view.getUint32(0) === 0x89504e47)
      Object.assign(facts, { width: view.getUint32(16), height: view.getUint32(20) });
  } catch {
    // cut short or odd: what was found so far
  }
  return facts;
}

function readSegments(view, facts) {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) readExif(view, at + 10, facts);
    if (marker >> 4 === 12 && !NO_FRAMES.includes(marker)) {
      Object.assign(facts, { height: view.getUint16(at + 5), width: view.getUint16(at + 7) });
      return;
    }
    at += 2 + view.getUint16(at + 2);
  }
}

function readExif(view, base, facts) {
  try {
    const isLittle = view.getUint16(base) === 0x4949;
    const short = (at) => view.getUint16(base + at, isLittle);
    const long = (at) => view.getUint32(base + at, isLittle);
    const entries = (at) =>
      new Map(Array.from({ length: short(at) }, (_, n) => [short(at + 2 + 12 * n), at + 10 + 12 * n]));
    const words = (at, length) =>
      String.fromCharCode(...Array.from({ length }, (_, n) => view.getUint8(base + long(at) + n)));
    const first = entries(long(4));
    if (first.has(TURN)) facts.turn = short(first.get(TURN));
    const more = first.has(EXIF) ? entries(long(first.get(EXIF))) : new Map();
    const zone = more.has(ZONE) ? words(more.get(ZONE), 6) : "";
    if (more.has(TAKEN)) facts.taken = momentOf(words(more.get(TAKEN), 19), zone);
  } catch {
    // a broken EXIF block is no EXIF block
  }
}

function momentOf(text, zone) {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  const time =
    found && Date.parse(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${/^[+-]\d\d:\d\d$/.test(zone) ? zone : ""}`);
  return time ? new Date(time).toISOString() : "";
}
