import { find } from "../lib/dom.js";

/** Let the bottom bar stay at the thumb, above the keyboard. */
export function startDock() {
  const view = window.visualViewport;
  if (!view) return;
  const lift = () => {
    const hidden = view.scale > 1 ? 0 : Math.max(0, innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${hidden}px`);
  };
  view.addEventListener("resize", lift);
  view.addEventListener("scroll", lift);
}

/** Take in what cameras, file choosers and recorders give; remember that one was opened until it has come back. */
export function startEvidence(ctx) {
  const mark = (text) => {
    ctx.draft("camera", text);
    ctx.box.mark(text);
  };
  const clear = () => mark("");

  ctx.camera = (input) => {
    mark(ctx.box.now().at);
    addEventListener("pointerdown", clear, { once: true, capture: true });
    input.click();
  };

  ctx.lostPicture = () => {
    const found = ctx.draft("camera") || ctx.box.report().camera;
    if (found) clear();
    return found;
  };

  ctx.keep = async (blobs, { kind = "photo", step = ctx.step, payload = {} } = {}) => {
    const kept = [];
    const said = new Set();
    for (const blob of [].concat(blobs)) {
      try {
        kept.push(await ctx.box.addFile(blob, { kind, step, payload }));
      } catch (error) {
        said.add(error.message);
      }
    }
    clear();
    if (kept.length) said.add(`已存 ${kept.length} ${kind === "photo" ? "张照片" : "段"}`);
    if (said.size) ctx.toast([...said].join("；"), kept);
    return kept;
  };

  ctx.picture = async (image, id) => {
    const { photos, clips } = ctx.record.state;
    const known = photos[id] || clips[id] || {};
    const remote = photos[id] ? known.media && "photos/*/preview.jpg" : known.poster && "clips/*/poster";
    const shown = image.dataset.shown || "";
    const wanted = `${id} ${remote}`;
    if (shown === wanted || (shown.startsWith(id) && image.getAttribute("src"))) return;
    image.dataset.shown = wanted;
    image.removeAttribute("src");
    const blob = await ctx.box.preview(id);
    if (image.dataset.shown !== wanted) return;
    if (blob) image.src = URL.createObjectURL(blob);
    else if (remote) image.src = `${ctx.island.urls.page}/${remote.replace("*", id)}`;
    else image.dataset.shown = "";
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => {
      image.removeAttribute("src"); // a HEIC, or no network: another draw tries again
      image.dataset.shown = "";
    };
  };

  const camera = find("#camera");
  camera.addEventListener("cancel", clear);
  camera.addEventListener("change", () => {
    ctx.keep([...camera.files]);
    camera.value = "";
  });
}
