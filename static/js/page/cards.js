import { all, clone, find, make, say, show } from "../lib/dom.js";
import { parseAnswer, tidyText } from "../walk/answers.js";
import { cardOf } from "../walk/cards.js";

const WAITS = { number: 400, textarea: 800 }; // ms of silence after typing
const dirty = new Map(); // question -> timer of what is given but not yet in the record
const beingStored = new Map(); // question -> the answer that is just being stored
const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const controls = (card) => all("[name^=q-]", card);
const isTick = ({ type }) => type === "radio" || type === "checkbox";
const typedIn = (card) => all("textarea, [type=number]", card);
const noteIn = (card) => find(".more textarea", card);

/** Write every answer as soon as it is given; keep what is still being typed when the page goes away. */
export function startCards(ctx) {
  const questions = () => ctx.record.questionnaire.questions;
  const later = (card, question, wait) => delay(ctx, card, question, wait);
  const hear = (name, act) =>
    document.addEventListener(name, ({ target }) => {
      const card = target.closest(".cards .q");
      if (card) act(target, card, questions().find(({ id }) => card.id === `card-${id}`));
    });
  hear("input", ({ type }, card, question) => WAITS[type] && later(card, question, WAITS[type]));
  hear("change", (input, card, question) => {
    if (!isTick(input)) return later(card, question, 0);
    if (input.checked) clearOthers(input, card, question);
    clearTimeout(dirty.get(question.id));
    dirty.set(question.id, {});
    commit(ctx, card, question); // at once: a frame may be all the time there is
  });
  hear("click", (input, card, question) => {
    const { id } = question;
    if (input.type !== "radio" || dirty.has(id) || String(ctx.record.answers[id]) !== input.value) return;
    input.checked = false;
    later(card, question, 0);
  });
  const flush = () => {
    for (const question of questions()) if (dirty.has(question.id)) commit(ctx, find(`#card-${question.id}`), question);
  };
  for (const name of ["pagehide", "visibilitychange"]) addEventListener(name, flush);
  dressCards(ctx, document);
}

/** Make the cards of a part of the page ready, and bring back what was being typed when an earlier page ended. */
export function dressCards(ctx, root) {
  for (const question of ctx.record.questionnaire.questions) {
    const card = find(`#card-${question.id}`, root);
    if (!card) continue;
    dress(question);
    const kept = ctx.draft(`q-${question.id}`);
    if (!kept) continue;
    writeControls(card, cardOf(ctx.record, question));
    typedIn(card).forEach((field, at) => (field.value = JSON.parse(kept)[at]));
    delay(ctx, card, question, 0);
  }
}

function delay(ctx, card, question, wait) {
  clearTimeout(dirty.get(question.id));
  dirty.set(question.id, setTimeout(commit, wait, ctx, card, question));
  ctx.draft(`q-${question.id}`, JSON.stringify(typedIn(card).map(({ value }) => value)));
}

/** Draw the cards of the screen or sheet that is shown; what is being given just now is left alone. */
export function drawCards(ctx, root) {
  for (const question of ctx.record.questionnaire.questions) {
    const card = find(`#card-${question.id}`, root);
    if (!card) continue;
    const one = cardOf(ctx.record, question);
    show(card, ctx.record.isAsked(question));
    if (!dirty.has(question.id)) writeControls(card, one);
    say(find(".counted", card), one.countedText);
    drawHint(card, one.suggestion);
  }
}

async function commit(ctx, card, question) {
  const { id, step } = question;
  const mark = dirty.get(id);
  clearTimeout(mark);
  const given = controls(card).filter((input) => input.checked || !isTick(input));
  const { value, error } = parseAnswer(question, given.map((input) => (input.validity.badInput ? "?" : input.value)));
  const note = noteIn(card) ? tidyText(noteIn(card).value) : "";
  const isLoose = !error && value === null && note;
  const known = beingStored.get(id) || ctx.record.state.answers[id] || { value: ctx.record.automatic[question.auto] || null, note: "" };
  const isNew = !equal(known.value, value) || (value !== null && known.note !== note);
  const answer = { value, note };
  let adding = null;
  if (!error && isNew) {
    beingStored.set(id, answer);
    adding = ctx.add([{ kind: "answer", step, payload: { question: id, value, ...(value !== null && note && { note }) } }]);
  }
  ctx.error(`q-${id}`, error);
  ctx.error(`note-${id}`, isLoose && "先回答，补充就跟着存下。");
  await adding;
  if (beingStored.get(id) === answer) beingStored.delete(id);
  if (!error && !isLoose && dirty.get(id) === mark) {
    dirty.delete(id); // unless it was tapped again in the meantime
    ctx.draft(`q-${id}`, "");
  }
  ctx.update();
}

function dress({ id, type, clause }) {
  const more = clone("more");
  const note = find("textarea", more);
  say(find("span", more), `依据：${clause.text}`);
  note.id = `note-${id}`;
  find("label", more).htmlFor = note.id;
  find(`#card-${id}`).append(make("p", { className: "sub num counted" }), more);
  if (type === "text") note.remove();
}

function writeControls(card, { value, note }) {
  const raw = value === null ? [] : [].concat(value).map(String);
  for (const input of controls(card)) {
    if (isTick(input)) input.checked = raw.includes(input.value);
    else if (input !== document.activeElement) input.value = raw[0] || "";
  }
  const field = noteIn(card);
  if (!field || field === document.activeElement || field.value === note) return;
  field.value = note;
  field.parentElement.open = Boolean(note);
}

function clearOthers(chosen, card, { options }) {
  const isAlone = ({ value }) => value === "na" || options.some(({ id, exclusive }) => id === value && exclusive);
  for (const input of controls(card)) if (input !== chosen && (isAlone(chosen) || isAlone(input))) input.checked = false;
}

function drawHint(card, suggestion) {
  let hint = find(".hint", card);
  if (!suggestion) return hint && hint.remove();
  if (!hint) {
    hint = clone("hint");
    card.insertBefore(hint, find(".more", card));
  }
  say(find("span", hint), `可能的问题：${suggestion.title}`);
  for (const button of all("button", hint)) button.value = `${button.value.split(":")[0]}:${suggestion.question}`;
}
