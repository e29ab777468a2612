import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf } from "../../static/js/walk/cards.js";
import { askedIn, peopleOf, saidBy } from "../../static/js/walk/people.js";
import { recordOf, unfoldBy } from "../../static/js/walk/record.js";
import { doneStepsOf, gaps, ribbonOf } from "../../static/js/walk/review.js";
import { withSets } from "../../static/js/walk/sets.js";
import { vectors } from "./vectors.mjs";

const data = vectors("sets");
const ids = (list) => list.map(({ id }) => id);
unfoldBy(withSets);

for (const walk of data.walks) {
  const { mode } = walk.island.walk;
  const record = recordOf({ ...walk.island, questionnaire: data.questionnaires[mode], events: walk.events }, walk.events);
  const { answers, suggestions, openSuggestions, trips, isAwaiting, currentScreen, doneSteps } = walk.expected;

  test(`${walk.name}: answers and what they suggest`, () => {
    assert.deepEqual(record.answers, answers);
    assert.deepEqual(record.suggestions, suggestions);
    assert.deepEqual(record.openSuggestions.map(({ question }) => question), openSuggestions);
  });

  test(`${walk.name}: where it stands`, () => {
    assert.deepEqual([record.trips, record.isAwaiting, record.currentScreen], [trips, isAwaiting, currentScreen]);
    assert.deepEqual([...doneStepsOf(record)].sort(), doneSteps);
    assert.deepEqual(ribbonOf(record), walk.expected.ribbon);
  });

  test(`${walk.name}: who was asked what`, () => {
    const people = record.questionnaire.steps.flatMap(({ id }) => peopleOf(record, id));
    assert.deepEqual(people.map(({ questions, ...one }) => ({ ...one, questions: ids(questions) })), walk.people);
    for (const [step, asked] of Object.entries(walk.asked)) assert.deepEqual(ids(askedIn(record, step)), asked, step);
  });

  test(`${walk.name}: what is missing`, () => assert.deepEqual(gaps(record), walk.expected.gaps));

  test(`${walk.name}: the questions`, () => {
    const { questions } = record.questionnaire;
    assert.deepEqual(ids(questions.filter((one) => !record.isAsked(one))), walk.expected.notAsked);
    for (const question of questions) {
      const { suggestion, ...card } = cardOf(record, question);
      if (walk.expected.cards[question.id]) assert.deepEqual(card, walk.expected.cards[question.id], question.id);
      else assert.deepEqual([card.value ?? null, suggestion], [null, null]);
    }
  });

  for (const [screen, { timers, rail, questionsOn, ...told }] of Object.entries(walk.screens)) {
    test(`${walk.name}: the screen ${screen}`, () => {
      for (const name of Object.keys(told)) assert.deepEqual(record[name](screen), told[name], name);
      assert.deepEqual(ids(record.questionsOn(screen)), questionsOn);
      assert.deepEqual(record.rail(screen).map(({ said, ...rest }) => rest), rail);
      for (const { at, timer } of timers) assert.deepEqual(record.timer(screen, { at, mono: 0, boot: "now" }), timer, at);
    });
  }
}

test("a respondent is told in a line, and who did not consent is left in peace", () => {
  const walk = data.walks.find(({ name }) => name.startsWith("three people"));
  const record = recordOf({ ...walk.island, questionnaire: data.questionnaires.ask, events: walk.events }, walk.events);
  const said = peopleOf(record, "ask").map((one) => saidBy(record, one));
  assert.deepEqual(said, ["缴费办税 · 1趟 · 0次 · 满意 · 没有 · 都好", "不同意回答", "3趟 · 不满意 · 排队久、材料多"]);
});
