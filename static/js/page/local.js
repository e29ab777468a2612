/** Read a small text that survives the page; "" when there is none or the browser keeps nothing. */
export function readLocal(name) {
  try {
    return localStorage.getItem(name) || "";
  } catch {
    return "";
  }
}

/** Keep a small text, or with "" drop it. */
export function writeLocal(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch {
    // full or shut: only unsent typing is at stake
  }
}
