import { stepper } from "../../components/stepper.js";
import { all, fillList, fillRow, find, make, say, show } from "../../lib/dom.js";
import { peopleOf, saidBy } from "../../walk/people.js";
import { unfoldBy } from "../../walk/record.js";
import { isMissing } from "../../walk/rules.js";
import { idIn, withSets } from "../../walk/sets.js";
import { dressCards } from "../cards.js";
import { fillSheet, hear } from "./parts.js";

let viewedSet = { step: "", number: 1 };

/** One respondent: a set of answers, consent first; nothing says who it is. */
export const setSheet = {
  start(ctx) {
    unfoldBy(withSets);
    ctx.drawMore = (root) => drawPeople(ctx, root);
  },
  show(ctx, element, args) {
    viewedSet = args;
    const shown = sectionOf(ctx, element, args);
    for (const section of all(".sets > *", element)) show(section, section === shown);
    hear(ctx, element, { another: () => ctx.open("set", { step: args.step, number: nextOf(ctx.record, args.step) }, true) });
  },
  update(ctx, element) {
    const { step, number } = viewedSet;
    const { record } = ctx;
    const { repeat } = record.step(step);
    const people = peopleOf(record, step);
    const isBegun = people.some((one) => one.number === number);
    for (const { id, show_if } of record.questionnaire.questions.filter((one) => one.respondent === repeat.name + number)) {
      const card = find(`#card-${id}`, element);
      if (card && show_if && isMissing(record.answers[show_if.question])) show(card, false);
    }
    fillSheet(element, { title: repeat.name + number }, { another: isBegun && nextOf(record, step) <= repeat.most });
  },
};

export const nextOf = (record, step) => Math.max(0, ...peopleOf(record, step).map(({ number }) => number)) + 1;

/** Draw the people of a record as lines that open their answers. */
export function drawPeopleIn(ctx, place, step) {
  const people = peopleOf(ctx.record, step);
  const draw = (one, old) => fillRow(old, one.name, saidBy(ctx.record, one), () => ctx.open("set", { step, number: one.number }));
  fillList(place, people, draw, ({ number }) => number);
  return people;
}

/** Who was asked on the screen that is shown, and the way to the next. */
function drawPeople(ctx, root) {
  const place = find("[data-people]", root);
  if (!place) return;
  const step = place.dataset.people;
  const people = drawPeopleIn(ctx, place, step);
  const number = nextOf(ctx.record, step);
  const button = place.nextElementSibling;
  say(find("span:last-child", button), people.length ? "再问一位" : "开始问");
  show(button, number <= ctx.record.step(step).repeat.most);
  button.onclick = () => ctx.open("set", { step, number });
}

/** Return the cards of one set, made of those of the first; they stay, for something may still be typed in them. */
function sectionOf(ctx, element, { step, number }) {
  const place = find(".sets", element);
  const name = `${step} ${number}`;
  const known = [...place.children].find((one) => one.dataset.set === name);
  if (known) return known;
  const section = make("section", { className: "card cards", innerHTML: find(`#s-set-${step}`).innerHTML });
  section.dataset.set = name;
  const own = ctx.island.questionnaire.questions.filter((one) => one.step === step);
  for (const part of all("[id], [name], [for]", section)) {
    for (const attribute of ["id", "name", "for"]) rename(part, attribute, own, number);
  }
  place.append(section);
  all("[data-module=stepper]", section).forEach(stepper);
  dressCards(ctx, section);
  return section;
}

function rename(part, attribute, own, number) {
  const old = part.getAttribute(attribute);
  const question = old && own.find(({ id }) => old.endsWith(`-${id}`));
  if (question) part.setAttribute(attribute, old.slice(0, -question.id.length) + idIn(question.id, number));
}
