/* Small conveniences on top of pages that work without any of them. */
import { asked } from "./components/asked.js";
import { autosubmit } from "./components/autosubmit.js";
import { local } from "./components/local.js";
import { once } from "./components/once.js";
import { opens } from "./components/opens.js";
import { storageCheck } from "./components/storage-check.js";
import { stepper } from "./components/stepper.js";
import { tickAll } from "./components/tick-all.js";
import { timer } from "./components/timer.js";
import { forgetPages } from "./offline/worker.js";

const modules = { asked, autosubmit, local, opens, stepper, "storage-check": storageCheck, "tick-all": tickAll, timer };

for (const element of document.querySelectorAll("[data-module]")) {
  const start = modules[element.dataset.module];
  if (start) start(element);
}
once(document);
if (/(?:^|; )who=-/.test(document.cookie)) forgetPages();
