import { NA, isMissing } from "./rules.js";

const MOST = { count: 999, minutes: 10000, days: 999 };
const HIDDEN = /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Trim free text and drop what cannot be seen or stored, as core/forms.py does. */
export function tidyText(text) {
  const kept = text.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "").replace(HIDDEN, "");
  return /[^\p{C}\p{Z}]/u.test(kept) ? kept.trim() : "";
}

/** Return the answer in what was tapped or typed: {value} (null when left empty) or {error}. */
export function parseAnswer(question, raw) {
  const given = [...new Set(raw.map((one) => one.trim()).filter(Boolean))];
  const value = given.length ? given[0] : null;
  if (question.type === "many" && value) return parseMany(question, given);
  if (given.length > 1) return { error: "选了不止一个答案，请只留一个。" };
  if (!value || value === NA) return { value };
  return (PARSERS[question.type] || parseNumber)(question, value);
}

/** Write an answer for use in a sentence: the bare number, or the words of what was chosen. */
export function plainAnswer({ type, options, special = [] }, value) {
  if (isMissing(value)) return "";
  if (type === "photo" && value !== NA) return "有照片";
  const labelOf = (id) => [...special, ...options].find((one) => one.value === id || one.id === id) || { label: id };
  return [].concat(value).map((id) => labelOf(id).label).join("、");
}

function parseMany({ options }, given) {
  const chosen = options.filter(({ id }) => given.includes(id));
  if (chosen.length < given.length) return { error: "请从列出的选项里选。" };
  const alone = chosen.find(({ id, exclusive }) => exclusive || id === NA);
  if (alone && chosen[1]) return { error: `选了“${alone.label}”，就不能再选别的。` };
  return { value: given[0] === NA ? NA : chosen.map(({ id }) => id) };
}

function parseNumber({ type }, value) {
  const digits = value.normalize("NFKC");
  const isGood = /^[0-9]{1,9}$/.test(digits) && digits <= MOST[type];
  return isGood ? { value: Number(digits) } : { error: `请填0到${MOST[type]}之间的整数。` };
}

function parseChoice({ options }, value) {
  return options.some(({ id }) => id === value) ? { value } : { error: "请从列出的选项里选。" };
}

const PARSERS = {
  yn: parseChoice,
  one: parseChoice,
  score5(question, value) {
    const { error, value: score } = parseChoice(question, value.normalize("NFKC"));
    return error ? { error } : { value: Number(score) };
  },
  text(question, value) {
    const text = value.replace(/\r\n/g, "\n").replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "");
    const { length } = [...text];
    return length > 500 ? { error: `最多500个字，现在有${length}个字。` } : { value: text };
  },
  photo(question, value) {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? { value } : { error: "请先拍照或选择照片。" };
  },
};
