const OWN_CACHES = ["pages", "pictures"];

/** Let the service worker, where there is one, keep this page, its files and what else it fetched; nothing waits for it. */
export function keepPage(page, more) {
  const { serviceWorker } = globalThis.navigator || {};
  if (!serviceWorker) return;
  const tell = async () => {
    const { active } = await serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(({ name }) => name);
    active.postMessage({
      type: "keep",
      page,
      assets: files.filter((name) => name.startsWith(`${location.origin}/static/`)).concat(more),
    });
  };
  serviceWorker.register("/sw.js").then(tell).catch(() => {});
}

/** Drop the pages kept for reading without a network: somebody signs out. */
export async function forgetPages() {
  if (globalThis.caches) await Promise.all(OWN_CACHES.map((name) => caches.delete(name).catch(() => {})));
}
