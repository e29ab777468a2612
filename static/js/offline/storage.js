const LITTLE = 200e6; // bytes of free space that deserve a word

const navigatorOrNone = () => globalThis.navigator || {};

/** Return what went wrong with storing, in the user's words. */
export function troubleText({ name }) {
  if (name === "QuotaExceededError")
    return "手机空间不足，最近的记录只在这个页面里。请清理空间，联网传完之前不要关闭页面。";
  if (name === "StrangerError") return "这台手机上存有另一位同志的同一次记录，新的记录只在这个页面里，请保持联网。";
  return "浏览器现在存不了数据，最近的记录只在这个页面里。请保持联网，传完之前不要关闭页面。";
}

/** Return {persisted, free, warnings}: whether the browser keeps our data, bytes left, and what to beware of. */
export async function storageFacts() {
  const { storage } = navigatorOrNone();
  const [persisted, free, isPrivate] = await Promise.all([
    storage && storage.persisted ? storage.persisted().catch(() => null) : null,
    freeBytes(storage),
    seemsPrivate(storage),
  ]);
  const warnings = [];
  if (globalThis.isSecureContext === false)
    warnings.push("现在是非加密连接（http）：没有信号时页面可能打不开，导出的文件也不加密。");
  if (isPrivate) warnings.push("现在可能是无痕模式：关掉浏览器，没传完的记录就没有了。请换普通模式。");
  if (free !== null && free < LITTLE)
    warnings.push(`浏览器可用的空间只剩 ${Math.round(free / 1e6)} MB，照片和录像可能存不下。`);
  return { persisted, free, warnings };
}

/** Ask the browser to keep our data; only ever asks once a page. */
export function askToPersist(box) {
  const { storage } = navigatorOrNone();
  if (box.hasAsked || !storage || !storage.persist) return;
  box.hasAsked = true;
  storage.persist().then(
    () => box.measure(),
    () => {},
  );
}

async function freeBytes(storage) {
  try {
    const { quota, usage } = await storage.estimate();
    return Math.max(0, quota - usage);
  } catch {
    return null;
  }
}

// Private windows give themselves away: Chromium by a quota smaller than memory, Safari and Firefox by refusing a private folder.
async function seemsPrivate(storage) {
  if (!storage) return false;
  try {
    const { jsHeapSizeLimit } = performance.memory || {};
    if (jsHeapSizeLimit) return (await storage.estimate()).quota < 2 * jsHeapSizeLimit;
    if (storage.getDirectory) await storage.getDirectory();
    return false;
  } catch {
    return true;
  }
}
