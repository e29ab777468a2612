const PATIENCE = 20e3; // ms; and a quarter of a millisecond for each byte
const MOST_WAIT = 300; // seconds a Retry-After may ask for

/**
 * PUT once and say what came of it: ok {data, wall} | missing {data} | retry {after, isFar} | signin | refused {why} | toobig {why}.
 * Only a 200 with JSON is ok; `isFar` means that our server was not reached, `wall` is our clock halfway.
 */
export async function exchange(url, token, body) {
  const isJson = !(body instanceof ArrayBuffer);
  const content = isJson ? JSON.stringify(body) : body;
  const type = isJson ? "application/json" : "application/octet-stream";
  const stop = new AbortController();
  const began = Date.now();
  const timer = setTimeout(() => stop.abort(), PATIENCE + (content.byteLength || content.length) / 4);
  try {
    const answer = await fetch(url, {
      method: "PUT",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
      body: content,
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      signal: stop.signal,
    });
    const wall = (began + Date.now()) / 2;
    return { ...outcomeOf(answer, await jsonOf(answer)), wall };
  } catch {
    return { state: "retry", isFar: true };
  } finally {
    clearTimeout(timer);
  }
}

async function jsonOf(answer) {
  const text = await answer.text();
  if (!/^application\/json\b/.test(answer.headers.get("Content-Type") || "")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function outcomeOf({ status, headers }, data) {
  const why = (data && data.error) || "";
  if (status === 200 && data) return { state: "ok", data };
  if (status === 401 && data) return { state: "signin" };
  if (status === 409 && data && Array.isArray(data.missing)) return { state: "missing", data };
  if (status === 413) return { state: "toobig", why: why || "太大，服务器不收。", isSure: Boolean(data) };
  if ((status === 400 || status === 422) && data) return { state: "refused", why: why || "服务器没有收下。", isSure: true };
  const after = Math.min(Number(headers.get("Retry-After")) || 0, MOST_WAIT);
  return { state: "retry", after, why, isBroken: status === 500, isFar: status < 400 || (status < 500 && !data) };
}
