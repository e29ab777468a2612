import { all, fillRow, find, make, say, show } from "../../lib/dom.js";
import { wholeMinutes } from "../../lib/time.js";
import { tidyText } from "../../walk/answers.js";

const TYPING_IDLE = 1000;

/** Write words into a sheet's [data-fill] and show those of its [data-if] that hold. */
export function fillSheet(element, words, holding) {
  for (const part of all("[data-fill]", element)) say(part, words[part.dataset.fill] || "");
  for (const part of all("[data-if]", element)) show(part, holding[part.dataset.if]);
}

/** Do what the buttons of a sheet say: {value: function}; `back` leaves it. */
export function hear({ back }, element, acts) {
  const known = { back, ...acts };
  element.onclick = ({ target }) => {
    const button = target.closest("[name=do]");
    if (button && known[button.value]) known[button.value]();
  };
}

/** Keep a text while it is typed: a second after the last key, and when it is left. */
export function keepTyping(field, write) {
  let kept = "";
  let timer = 0;
  let saving = null;
  const flush = () => {
    clearTimeout(timer);
    const text = tidyText(field.value);
    if (text !== kept) saving = write((kept = text));
    return saving;
  };
  field.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(flush, TYPING_IDLE);
  };
  field.onchange = flush;
  document.addEventListener("visibilitychange", flush);
  const fill = (text, isOther) => {
    if (isOther || (text !== kept && tidyText(field.value) === kept)) field.value = kept = text;
  };
  return { flush, fill };
}

/** Make or renew a line with chips [kind, text] and the word of its button. */
export function fillLine(old, text, sub, action, go, chips = []) {
  const line = fillRow(old, text, sub, go);
  find("button", line).firstChild.data = action;
  for (const past of all(".chips", line)) past.remove();
  const tags = make("div", { className: "chips" });
  for (const [kind, textContent] of chips) tags.append(make("span", { className: `chip ${kind}`, textContent }));
  line.firstElementChild.append(tags);
  return line;
}

/** Write a length in whole minutes, as the papers do: 47 分, 1 小时 52 分. */
export function spell(seconds) {
  const minutes = seconds && wholeMinutes(seconds);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60 || !hours ? `${minutes % 60} 分` : "";
  return `${hours ? `${hours} 小时 ` : ""}${rest}`.trim();
}
