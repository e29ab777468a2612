import { plainAnswer } from "./answers.js";
import { isMissing } from "./rules.js";

/** Return the people asked in a step: [{number, name, questions}] of those whose answers were begun. */
export function peopleOf(record, step) {
  const sets = new Map();
  for (const one of record.questionnaire.questions) {
    if (one.step === step && one.respondent) sets.set(one.respondent, [...(sets.get(one.respondent) || []), one]);
  }
  return [...sets]
    .map(([name, questions], at) => ({ number: at + 1, name, questions: questions.filter(record.isAsked) }))
    .filter(({ questions }) => questions.some(({ id }) => id in record.answers));
}

/** Return what is to be answered in a step; of several people asked, what those begun with are asked. */
export function askedIn(record, step) {
  const people = peopleOf(record, step);
  if (people.length) return people.flatMap(({ questions }) => questions);
  const questions = record.questionnaire.questions.filter((one) => one.step === step && record.isAsked(one));
  return questions.filter(({ respondent }) => respondent === questions[0].respondent);
}

/** Write the answers of one respondent in a line. */
export function saidBy({ answers }, { questions }) {
  if (questions.length === 1 && answers[questions[0].id] === "no") return "不同意回答";
  const isGate = ({ id }) => questions.some(({ show_if }) => show_if && show_if.question === id);
  const said = questions.filter(({ id, ...one }) => !isGate({ id, ...one }) && !isMissing(answers[id]) && answers[id] !== "na");
  return said.map((one) => plainAnswer(one, answers[one.id]) + unitOf(one, answers[one.id])).join(" · ") || "还没有回答";
}

function unitOf({ type, unit = "", special = [] }, value) {
  if (typeof value !== "number" || special.some((one) => one.value === value)) return "";
  return type === "score5" ? "" : unit;
}
