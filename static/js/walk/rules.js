export const NA = "na";

const COMPARE = { gt: (a, b) => a > b, gte: (a, b) => a >= b, lte: (a, b) => a <= b };
const CHOOSE = {
  is: (operand, chosen) => chosen.length === 1 && chosen[0] === operand,
  in: (operand, chosen) => chosen.some((one) => operand.includes(one)),
  any_but: (operand, chosen) => chosen.some((one) => !operand.includes(one)),
  not_empty: () => true,
};

/** Tell whether there is no answer; 不适用 is one. */
export function isMissing(value) {
  return value === undefined || value === null || value === "" || value.length === 0;
}

/** Tell whether an answer passes a test; no answer, 不适用 and an unknown number never do. */
export function holds(when, value, numbers = {}) {
  if (isMissing(value) || value === NA) return false;
  const [[test, operand]] = Object.entries(when);
  if (CHOOSE[test]) return CHOOSE[test](operand, [].concat(value));
  const limit = limitOf(when, numbers);
  return typeof value === "number" && limit !== null && COMPARE[test](value, limit);
}

/** Return the number a test holds the answer against; null when it compares no numbers or the number is not known. */
export function limitOf(when, numbers) {
  const [[test, operand]] = Object.entries(when);
  return COMPARE[test] ? resolveNumber(operand, numbers) : null;
}

function resolveNumber(operand, numbers) {
  if (typeof operand === "number") return operand;
  const [[kind, name]] = Object.entries(operand);
  if (kind !== "max") return kind in numbers && name in numbers[kind] ? numbers[kind][name] : null;
  const parts = name.map((part) => resolveNumber(part, numbers));
  return parts.includes(null) ? null : Math.max(...parts);
}
