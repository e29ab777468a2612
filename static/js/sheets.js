import { equipBoxes, openOthers } from "./offline/equipment.js";
import { keepPage } from "./offline/worker.js";
import { sheets } from "./page/sheets/index.js";

// The second script of the walk page, loaded once the first is at work: it sends, and hands its sheets over.
equipBoxes();
document.dispatchEvent(new CustomEvent("second", { detail: { sheets, openOthers, keepPage } }));
