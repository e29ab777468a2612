/** Return the id under which a set keeps the answer to a question; the first one under its own. */
export const idIn = (id, number) => (number === 1 ? id : `${id}_${number}`);

/** Return the questionnaire of a record with the questions of all sets of answers and a new one, as questionnaires/sets.py does. */
export function withSets(questionnaire, answers) {
  const { steps, questions } = questionnaire;
  const unfold = ({ id, repeat }) => {
    const own = questions.filter(({ step }) => step === id);
    if (!repeat) return own;
    const isBegun = (number) => own.some((one) => idIn(one.id, number) in answers);
    let count = repeat.most;
    while (count > 1 && !isBegun(count - 1)) count--;
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    return numbers.flatMap((number) => own.map((one) => inSet(one, own, repeat.name, number)));
  };
  if (!steps.some(({ repeat }) => repeat)) return questionnaire;
  return { ...questionnaire, questions: [...steps.flatMap(unfold), ...questions.filter(({ step }) => !step)] };
}

function inSet(question, own, name, number) {
  const { show_if, suggest = [] } = question;
  const here = (id) => (own.some((one) => one.id === id) ? idIn(id, number) : id);
  return {
    ...question,
    id: here(question.id),
    auto: undefined,
    respondent: name + number,
    show_if: show_if && { ...show_if, question: here(show_if.question) },
    suggest: suggest.map((rule) => ({ ...rule, title: `${name}${number}：${rule.title}`, step_from: here(rule.step_from) })),
  };
}
