import { sheets } from "./page/sheets/index.js";

// The second script of the walk page, loaded once the first is at work: it hands its sheets over.
document.dispatchEvent(new CustomEvent("sheets", { detail: sheets }));
