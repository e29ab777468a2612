/** Return what is true now about keeping and sending: the page shows nothing else. */
export function reportOf({ shelf, media, row, sending, facts, ...box }) {
  const waiting = shelf.all(({ sent }) => sent === 0);
  const files = [...media.values()];
  const open = files.filter(({ state }) => state === "raw" || state === "ready");
  const unsent = waiting.length + open.length;
  const flying = Math.min(sending, unsent);
  const { trouble, problem, signin, restored, camera } = box;
  const refused = [...shelf.all(({ sent, why }) => sent === 2 && why), ...files.filter(({ state }) => state === "refused")];
  return {
    unsent,
    sending: flying,
    waiting: unsent - flying,
    oldest: [...waiting, ...open].map(({ at }) => at).sort()[0] || null,
    refused: refused.map(({ id, kind, sort, at, why, step, payload }) => ({
      id,
      kind: kind || (sort === "photo" ? sort : "clip"),
      at,
      why,
      step,
      payload,
    })),
    media: files.map(({ id, sort, state, why, slices }) => ({ id, sort, state, why, progress: progressOf(slices) })),
    trouble,
    problem,
    signin,
    restored,
    camera,
    persisted: facts.persisted,
    free: facts.free,
    warnings: facts.warnings || [],
    last_sent_at: row.sent_at,
  };
}

function progressOf(slices) {
  return slices.length ? slices.filter(({ sent }) => sent).length / slices.length : 0;
}
