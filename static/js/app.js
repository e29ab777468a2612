/* Small conveniences on top of pages that work without any of them. */
import { autosubmit } from "./components/autosubmit.js";
import { once } from "./components/once.js";
import { opens } from "./components/opens.js";
import { stepper } from "./components/stepper.js";
import { timer } from "./components/timer.js";

const modules = { autosubmit, opens, stepper, timer };

for (const element of document.querySelectorAll("[data-module]")) {
  const start = modules[element.dataset.module];
  if (start) start(element);
}
once(document);
