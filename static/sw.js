/* Opens without a network what was opened before. Nothing that was written is kept here; without it all still works. */
const PATIENCE = 2500; // ms
const TREES = 4;
const LIMITS = { pages: 30, pictures: 60 };
const PAGE = /^\/(?:tasks|walks\/[0-9a-f-]{36}(?:\/sheets)?)$/;
const PICTURE = /^\/walks\/[0-9a-f-]{36}\/photos\/[0-9a-f-]{36}\/preview\.jpg$/;
const NOTHING =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>没有网络</title><h1>没有网络，这个页面还没有存到手机上。</h1><p><a href="">再试一次</a></p>';
const MARKS = { pages: ["X-Served-By", "walkthrough"], pictures: ["Content-Type", "image/"], shell: ["Cache-Control", "immutable"] };
const is = (name, { ok, redirected, headers }) => ok && !redirected && (headers.get(MARKS[name][0]) || "").includes(MARKS[name][1]);
const kept = (name, path) => caches.match(path, { cacheName: name, ignoreVary: true }).catch(() => undefined);
const forget = () => Promise.all(Object.keys(LIMITS).map((name) => caches.delete(name)));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(event.data.type === "keep" ? keep(event.data) : forget()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("Range")) return;
  if (pathname.startsWith("/static/")) event.respondWith(shell(event, pathname));
  else if (PICTURE.test(pathname)) event.respondWith(newest(event, "pictures", pathname));
  else if ((request.mode === "navigate" || pathname.endsWith("/sheets")) && PAGE.test(pathname)) event.respondWith(newest(event, "pages", pathname));
});
// What the browser itself may have kept: the network can go before this worker has stored a thing.
const again = (path) => fetch(path, { cache: "force-cache" });
async function shell(event, path) {
  return (await kept("shell", path)) || ask(event, "shell", path).catch(() => again(path));
}
async function ask(event, name, path) {
  const answer = await fetch(event.request);
  if (is(name, answer)) event.waitUntil(store(name, path, answer.clone()));
  return answer;
}
// The network's answer; what was kept when there is none, when it is the server's error, or when it takes too long.
async function newest(event, name, path) {
  const old = await kept(name, path);
  const none = old || (name === "pages" ? new Response(NOTHING, { status: 503, headers: { "Content-Type": "text/html" } }) : Response.error());
  const asked = ask(event, name, path).then((answer) => (answer.status >= 500 && old) || answer, () => old || again(path).catch(() => none));
  event.waitUntil(asked);
  return old ? Promise.race([asked, new Promise((done) => setTimeout(done, PATIENCE, old))]) : asked;
}
async function store(name, path, answer) {
  const cache = await caches.open(name);
  await cache.put(path, answer).catch(() => {}); // a full phone only loses speed
  if (LIMITS[name]) await Promise.all((await cache.keys()).slice(0, -LIMITS[name]).map((one) => cache.delete(one)));
}
async function keep({ page, assets }) {
  const isShell = (one) => one.includes("/static/");
  for (const address of [...assets.filter(isShell), page, ...assets.filter((one) => !isShell(one))]) {
    const name = isShell(address) ? "shell" : "pages"; // a page is of no use without its files: they go first
    const path = new URL(address, location).pathname;
    const answer = (name === "shell" && (await kept(name, path))) || (await fetch(path, { cache: name === "shell" ? "force-cache" : "default" }));
    if (is(name, answer)) await store(name, path, answer);
  }
  const [shell, pages] = [await caches.open("shell"), await caches.open("pages")];
  const files = await shell.keys();
  const texts = await Promise.all((await pages.matchAll()).map((one) => one.text()));
  const tree = (file) => new URL(file.url).pathname.split("/")[2];
  const isAsked = (name) => texts.some((text) => text.includes(`/static/${name}/`));
  const old = [...new Set(files.map(tree))].slice(0, -TREES).filter((name) => !isAsked(name)); // the trees nobody needs
  await Promise.all(files.filter((file) => old.includes(tree(file))).map((file) => shell.delete(file)));
}
