/** Return what went wrong with storing, in the user's words. */
export function troubleText({ name, message }) {
  if (name === "QuotaExceededError")
    return "手机空间不足，最近的记录只在这个页面里。请清理空间，联网传完之前不要关闭页面。";
  if (name === "StrangerError") return "这台手机上存有另一位同志的同一次记录，新的记录只在这个页面里，请保持联网。";
  if (/lost/.test(message)) return "浏览器的存储断开了，最近的记录只在这个页面里。请保持联网，传完之后重新打开这个页面。";
  return "浏览器现在存不了数据，最近的记录只在这个页面里。请保持联网，传完之前不要关闭页面。";
}

/** Ask the browser to keep our data; only ever asks once a page. */
export function askToPersist(box) {
  const { storage } = globalThis.navigator || {};
  if (box.hasAsked || !storage || !storage.persist) return;
  box.hasAsked = true;
  storage.persist().then(
    () => box.measure(),
    () => {},
  );
}
