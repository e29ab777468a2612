import { all, clone, fillList, find } from "../../lib/dom.js";
import { shownClock } from "../../lib/time.js";
import { tidyText } from "../../walk/answers.js";

/** Fill a form, keep what is typed as a draft, and save it when nothing is against it; return what the form shows. */
export function openForm(ctx, form, draft, values, save) {
  const prefix = `${form.id}-`;
  const names = [...new Set([...form.elements].map((field) => field.name))].filter(Boolean).map((name) => name.slice(prefix.length));
  const field = (name) => form.elements[prefix + name];
  const refuse = (name, why) => ctx.error(prefix + name, why) || why;
  const read = () => {
    const data = { photos: all(".pickshots :checked", form).map((box) => box.value) };
    if (find(".tagpick", form)) data.tags = all(".tagpick :checked", form).map((box) => box.value);
    for (const name of names) data[name] = tidyText(field(name).value);
    return data;
  };
  let isSaving = false;
  const start = { ...values, ...JSON.parse(ctx.draft(draft) || "{}") };
  for (const name of names) {
    field(name).value = start[name] ?? "";
    refuse(name, "");
  }
  form.oninput = ({ target = form } = {}) => {
    ctx.draft(draft, JSON.stringify(read()));
    if (target.getAttribute("aria-invalid") === "true") ctx.error(target.id, "");
  };
  form.onsubmit = async () => {
    const wrong = names.filter((name) => refuse(name, refusalOf(field(name))));
    if (wrong.length) return field(wrong[0]).focus();
    if (isSaving) return;
    isSaving = true;
    await save(read());
    ctx.draft(draft, "");
    isSaving = false;
  };
  return start;
}

/** What stands against a field that is shown: nothing in it, or what cannot be. */
function refusalOf(field) {
  if (!field.dataset || field.closest("[hidden]")) return "";
  const { needed, wrong } = field.dataset;
  if (needed && !tidyText(field.value)) return needed;
  return field.validity.valid ? "" : wrong || field.validationMessage;
}

/** Let the camera buttons of a sheet open their hidden fields; what is chosen goes to `take`. */
export function hearTakes(ctx, element, take) {
  for (const button of all("[data-take]", element)) {
    const input = find(`#${button.dataset.take}`);
    button.onclick = () => ctx.camera(input);
    input.onchange = async () => {
      await take([...input.files], input);
      input.value = "";
    };
  }
}

/** Offer the pictures of the walk to tick, and one more to take. */
export function openPicks(ctx, element, chosen, step) {
  find(".pickshots", element).textContent = "";
  drawPicks(ctx, element, chosen);
  hearTakes(ctx, element, async (files) => {
    const made = await ctx.keep(files, { step });
    drawPicks(ctx, element, made.map((event) => event.id));
    find("form", element).oninput();
  });
}

export function drawPicks(ctx, element, chosen = []) {
  const place = find(".pickshots", element);
  const photos = Object.values(ctx.record.state.photos);
  fillList(place, photos, (photo, old) => drawPick(ctx, photo, old || clone("s-pick")), (photo) => photo.id);
  for (const box of all("input", place)) box.checked = box.checked || chosen.includes(box.value);
}

function drawPick(ctx, { id, taken_at, at, caption }, pick) {
  const image = find("img", pick);
  find("span", pick).textContent = shownClock(taken_at || at);
  find("input", pick).value = id;
  image.alt = caption;
  ctx.picture(image, id);
  return pick;
}
