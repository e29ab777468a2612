const PROBE_PATIENCE = 5000; // ms

/** Return how long a recording lasts in seconds, 0 when this browser cannot tell. */
export function durationOf(blob, type) {
  if (!globalThis.document) return Promise.resolve(0);
  const player = document.createElement(type.startsWith("audio") ? "audio" : "video");
  return new Promise((done) => {
    const end = () => {
      const { duration } = player;
      URL.revokeObjectURL(player.src);
      player.removeAttribute("src");
      done(Number.isFinite(duration) ? Math.round(duration * 10) / 10 : 0);
    };
    for (const name of ["loadedmetadata", "error"]) player.addEventListener(name, end);
    setTimeout(end, PROBE_PATIENCE);
    player.preload = "metadata";
    player.src = URL.createObjectURL(blob);
  });
}
