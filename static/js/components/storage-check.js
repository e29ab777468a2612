import { storageFacts } from "../offline/storage.js";

/** Warn, before a walk starts, when this browser cannot be trusted to keep it. */
export async function storageCheck(element) {
  const { warnings } = await storageFacts();
  if (!warnings.length) return;
  element.className = "notice wait";
  element.setAttribute("role", "status");
  element.textContent = warnings.join("");
}
