/** Return what is known about a question's answer, as walkthroughs/cards.py does; its options stand in the page. */
export function cardOf(record, question) {
  const { id, type, auto, unit, suggest: rules = [] } = question;
  const { value = null, note = "" } = record.state.answers[id] || { value: record.answers[id] };
  const counted = record.automatic[auto];
  const units = { minutes: "分钟", days: "个工作日" };
  const suggestion = record.openSuggestions.find((one) => one.question === id) || null;
  const mayHint = rules.length && !record.settled.has(id) && ["yn", "one", "many", "score5"].includes(type);
  const { title } = suggestion || (mayHint ? rules[0] : { title: "" });
  const countedText = counted === undefined ? "" : `自动记录：${counted} ${unit || units[type] || ""}`;
  return { value, note, countedText, suggestion, isBad: suggestion !== null, hint: title };
}
