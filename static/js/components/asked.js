/* Hides the questions of a form that do not apply; without this all of them stand there and the server judges. */
import { holds } from "../walk/rules.js";

const NUMBERS = new Set(["count", "minutes", "days", "score5"]);

/** Read what is filled in for one question: a number, an option, a list, or null. */
function answerIn(form, id) {
  const card = form.querySelector(`[data-question="${id}"]`);
  const given = new FormData(form).getAll(`q-${id}`).filter((one) => typeof one === "string" && one !== "");
  if (!card || !given.length) return null;
  if (card.dataset.type === "many") return given;
  return NUMBERS.has(card.dataset.type) && given[0] !== "na" ? Number(given[0]) : given[0];
}

export function asked(form) {
  const parts = [...form.querySelectorAll("[data-if]")];
  const draw = () => {
    for (const part of parts) {
      const { question, when } = JSON.parse(part.dataset.if);
      const answer = answerIn(form, question);
      part.hidden = part.classList.contains("note") ? !holds(when, answer, {}) : answer !== null && !holds(when, answer, {});
    }
  };
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
}
