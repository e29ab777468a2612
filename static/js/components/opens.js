/** Turn a link to a file field into a button that opens it. */
export function opens(link) {
  link.addEventListener("click", (event) => {
    const input = document.getElementById(link.dataset.opens);
    if (!input) return;
    event.preventDefault();
    input.click();
  });
}
