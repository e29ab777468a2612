import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAnswer, plainAnswer, tidyText } from "../../static/js/walk/answers.js";
import { holds, isMissing } from "../../static/js/walk/rules.js";
import { suggest } from "../../static/js/walk/suggest.js";
import { vectors } from "./vectors.mjs";

const data = vectors("record");
const questionnaire = { steps: data.steps, questions: Object.values(data.questions) };
const published = data.published_thresholds;
const shown = ({ clause, ...rest }) => rest;

for (const { name, answers, facts, thresholds, suggestions } of vectors("suggestions").cases) {
  test(`answers suggest what Python suggests: ${name}`, () => {
    const found = suggest(questionnaire, answers, facts, { ...published, ...thresholds });
    assert.deepEqual(found.map(shown), suggestions);
  });
}

test("a suggestion brings its clause", () => {
  const [found] = suggest(questionnaire, { "W-Q6": "no" }, {}, published);
  assert.deepEqual(found.clause, { seed: "S002", text: "准备哪些材料" });
});

for (const { question, raw, ...expected } of data.typed) {
  test(`what is typed is read as Python reads it: ${question} ${JSON.stringify(raw).slice(0, 40)}`, () => {
    assert.deepEqual(parseAnswer(data.questions[question], raw), expected);
  });
}

for (const { question, value, text } of data.plain) {
  test(`an answer in a sentence: ${question} ${JSON.stringify(value)}`, () => {
    assert.equal(plainAnswer(data.questions[question], value), text);
  });
}

for (const { text, tidy } of data.free) {
  test(`free text is tidied as Python does: ${JSON.stringify(text)}`, () => {
    assert.equal(tidyText(text), tidy);
  });
}

test("half an emoji, as cutting at a limit leaves it, does not reach the log", () => {
  assert.equal(tidyText("好\ud83d"), "好");
  assert.deepEqual(parseAnswer(data.questions["W-B4"], ["好\ud83d"]), { value: "好" });
});

test("no answer is no answer, 不适用 is one", () => {
  assert.deepEqual([null, undefined, "", [], "na", 0].map(isMissing), [true, true, true, true, false, false]);
});

test("a number that is not known is never passed", () => {
  assert.equal(holds({ gt: { fact: "guide_materials" } }, 5, { fact: { guide_materials: null } }), false);
  assert.equal(holds({ gt: { max: [1, { fact: "limit_scene_num" }] } }, 5, { fact: {} }), false);
  assert.equal(holds({ gte: { threshold: "calls" } }, 5), false);
});
