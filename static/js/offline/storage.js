const LITTLE = 200e6; // bytes of free space that deserve a word

const navigatorOrNone = () => globalThis.navigator || {};

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
