import { make } from "../../lib/dom.js";

const LEAST_SHARE = 0.02;
const sumOf = (segments) => segments.reduce((sum, one) => sum + one.minutes, 0);

/** Draw the time ribbon from {label, minutes, kind}; CSS hides the words that do not fit. Return all minutes and those of waiting. */
export function drawRibbon(parent, segments) {
  const total = sumOf(segments);
  parent.textContent = "";
  for (const { label, minutes, kind } of segments) {
    const part = make("span", { className: kind });
    part.style.flexGrow = Math.max(minutes, total * LEAST_SHARE);
    for (const textContent of [label, `${minutes} 分`]) part.append(make("b", { textContent }));
    parent.append(part);
  }
  return { total, waited: sumOf(segments.filter((one) => one.kind === "wait")) };
}
