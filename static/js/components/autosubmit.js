/** Send the form as soon as a picture is chosen. */
export function autosubmit(input) {
  input.addEventListener("change", () => {
    if (!input.files.length) return;
    if (input.form.requestSubmit) input.form.requestSubmit();
    else input.form.submit();
  });
}
