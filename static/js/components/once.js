const LONGEST = 15000; // ms; then the reader may try again

/** Keep a form from being sent twice; the buttons come back with the page, or after a while. */
export function once(root) {
  const held = new Set();
  const release = () => {
    for (const button of held) button.disabled = false;
    held.clear();
  };
  root.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    setTimeout(() => {
      for (const button of event.target.elements) {
        if (button.type !== "submit" || button.disabled) continue;
        button.disabled = true;
        held.add(button);
      }
      setTimeout(release, LONGEST);
    });
  });
  window.addEventListener("pageshow", release);
}
