import { plainAnswer } from "./answers.js";
import { holds, isMissing, limitOf } from "./rules.js";

/** Tell whether a question applies: yes, until the answer it depends on says otherwise. */
export function isAsked({ show_if }, answers) {
  if (!show_if || isMissing(answers[show_if.question])) return true;
  return holds(show_if.when, answers[show_if.question]);
}

/** Return the possible problems in the order of the questions, at most one each. */
export function suggest({ questions, steps }, answers, facts, thresholds) {
  const numbers = { fact: facts, threshold: thresholds };
  const found = [];
  for (const question of questions) {
    const { id, clause, suggest: rules = [] } = question;
    const rule = isAsked(question, answers) && rules.find((one) => holds(one.when, answers[id], numbers));
    if (!rule) continue;
    const { title, category, severity, improve = false, also = [], step_from } = rule;
    const home = step_from ? answers[step_from] : question.step;
    const step = steps.some((one) => one.id === home) ? home : null;
    const reason = reasonOf(rule, limitOf(rule.when, numbers), plainAnswer(question, answers[id]));
    found.push({ question: id, step, title, category, severity, clause, reason, improve, also });
  }
  return found;
}

// The answer goes in last, for it may hold braces of its own.
function reasonOf({ reason, reason_at_zero }, limit, words) {
  const text = (limit === 0 && reason_at_zero) || reason;
  return text.split("{limit}").join(limit).split("{value}").join(words);
}
