/** Show the buttons of a number field and let them set it. */
export function stepper(element) {
  const input = element.querySelector("input");
  for (const part of element.querySelectorAll("[hidden]")) part.hidden = false;
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { by, to } = button.dataset;
    input.value = to === undefined ? Math.max(0, Number(input.value) + Number(by)) : to;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
