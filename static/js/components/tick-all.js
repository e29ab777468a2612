/** Tick all boxes of the form at once; the box itself follows what is ticked one by one. */
export function tickAll(label) {
  const all = label.querySelector("input");
  const boxes = () => [...all.form.querySelectorAll("td.tick input")];
  const count = () => {
    const ticked = boxes().filter((one) => one.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const one of boxes()) one.checked = all.checked;
    count();
  });
  all.form.addEventListener("change", count);
  label.hidden = false;
  count();
}
