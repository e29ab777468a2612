import { getRow, putRow } from "./db.js";

const GET_PATIENCE = 20e3; // ms

/** Return the island that the page at `url` holds now; null when it cannot be had. */
export async function fetchIsland(url) {
  const found = /<script[^>]* id="walk"[^>]*>([^<]*)</.exec(await fetchText(url));
  return found && JSON.parse(found[1]);
}

/** GET something of ours with the session; "" when it cannot be had. */
async function fetchText(url) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GET_PATIENCE);
  try {
    const answer = await fetch(url, {
      cache: "reload",
      redirect: "error",
      credentials: "same-origin",
      signal: stop.signal,
    });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  } finally {
    clearTimeout(timer);
  }
}

/** Fetch and keep what a package says besides the events, while the network is there. */
export async function keepBase(box) {
  const key = `base ${box.id}`;
  const known = await getRow("meta", key).catch(() => null);
  if (known) return known.value;
  const text = await fetchText(box.row.urls.base);
  const value = text && JSON.parse(text);
  if (value) await putRow("meta", { key, value });
  return value || null;
}
