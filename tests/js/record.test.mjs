import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf } from "../../static/js/walk/cards.js";
import { recordOf } from "../../static/js/walk/record.js";
import { closingOf, doneStepsOf, gaps, ribbonOf } from "../../static/js/walk/review.js";
import { islandOf, vectors } from "./vectors.mjs";

const data = vectors("record");
const ids = (list) => list.map(({ id }) => id);

for (const walk of data.walks) {
  const record = recordOf(islandOf(data, walk), walk.events);
  const { cards, gaps: missing, notAsked, pending, refused, ...told } = walk.expected;
  const { openSuggestions, doneSteps, closingQuestions, ribbon, isFullProcess, ...same } = told;

  for (const [name, value] of Object.entries(same)) {
    test(`${walk.name}: ${name}`, () => assert.deepEqual(record[name], value));
  }

  test(`${walk.name}: what is open and what is done`, () => {
    assert.deepEqual(record.openSuggestions.map(({ question }) => question), openSuggestions);
    assert.deepEqual([...doneStepsOf(record)].sort(), doneSteps);
    assert.deepEqual([ids(record.pending), ids(record.refused)], [pending, refused]);
    assert.deepEqual(ids(closingOf(record)), closingQuestions);
  });

  test(`${walk.name}: the time ribbon`, () => assert.deepEqual(ribbonOf(record), ribbon));

  test(`${walk.name}: what is missing`, () => assert.deepEqual(gaps(record), missing));

  test(`${walk.name}: the questions`, () => {
    const { questions } = record.questionnaire;
    assert.deepEqual(ids(questions.filter((one) => !record.isAsked(one))), notAsked);
    for (const question of questions) {
      const { suggestion, ...card } = cardOf(record, question);
      assert.equal(card.isBad, suggestion !== null);
      if (cards[question.id]) assert.deepEqual(card, cards[question.id]);
      else assert.deepEqual([card.value, card.isBad], [null, false]);
    }
  });

  for (const screen of record.screens) {
    test(`${walk.name}: the screen ${screen}`, () => {
      const { timers, rail, questionsOn, ...told } = walk.screens[screen];
      for (const name of Object.keys(told)) assert.deepEqual(record[name](screen), told[name], name);
      assert.deepEqual(ids(record.questionsOn(screen)), questionsOn);
      assert.deepEqual(record.rail(screen).map(({ said, ...rest }) => rest), rail);
      for (const { at, timer } of timers) {
        assert.deepEqual(record.timer(screen, { at, mono: 0, boot: "now" }), timer, at);
      }
    });
  }
}

test("the rail says how long, and where the clock runs", () => {
  const walk = data.walks.find(({ name }) => name === "waiting to be called");
  const said = recordOf(islandOf(data, walk), walk.events).rail("queue").map((one) => one.said);
  assert.deepEqual(said, ["10:24", "19:36", "计时中", "", ""]);
});

test("a walk of five hundred taps is added up without a noticeable wait", () => {
  const walk = data.walks.find(({ name }) => name === "a whole walk in person");
  const note = walk.events.find(({ kind }) => kind === "feeling");
  const many = Array.from({ length: 500 }, (_, i) => ({ ...note, id: `${note.id}-${i}`, seq: 1000 + i }));
  assert.equal(recordOf(islandOf(data, walk), [...walk.events, ...many]).trips, walk.expected.trips);
});
