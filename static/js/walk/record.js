import { fold } from "./fold.js";
import { secondsOf } from "./runs.js";
import { deedOf, screensOf, turnText } from "./screens.js";
import { isAsked, suggest } from "./suggest.js";

let unfold = (questionnaire) => questionnaire;

/** Let the second script say which questions there are where several people are asked. */
export function unfoldBy(withSets) {
  unfold = withSets;
}

/** Return what follows from a walk's events, as walkthroughs/record.py and present.py do. */
export function recordOf(island, events) {
  const { walk } = island;
  const state = fold(events);
  const questionnaire = unfold(island.questionnaire, state.answers);
  const { steps, questions } = questionnaire;
  const doing = (deed, screen) => steps.find((one) => deedOf(one) === deed && (!screen || one.screen === screen));
  const { accepted, result, queue } = state;
  const evidence = [...Object.values(state.photos), ...Object.values(state.clips)];
  const trips = tripsOf(state, doing);
  const automatic = automaticOf(state, trips, island.counted.workdays);
  const answers = answersOf(questions, automatic, state);
  const suggestions = suggest(questionnaire, answers, island.facts, island.thresholds);
  const settled = new Set([...state.dismissed, ...Object.values(state.findings).map((one) => one.question)]);
  const latest = queue[queue.length - 1];
  const record = {
    island, events, state, questionnaire, trips, automatic, answers, suggestions, settled,
    openSuggestions: suggestions.filter((one) => !settled.has(one.question)),
    simulationStep: walk.simulation_step,
    isAwaiting: Boolean(accepted && !result && !walk.is_simulated && doing("result")),
    doing, following: doing("track") || doing("result"), // what begins when one was accepted
    pending: evidence.filter((one) => !one.media && !one.refused),
    refused: evidence.filter((one) => one.refused),
    turns: queue.map((turn) => ({ event: turn.event, text: turnText(turn) })),
    waiting: latest && !latest.called_at ? latest.event : "",
    isAsked: (question) => isAsked(question, answers),
  };
  return { ...record, ...screensOf(record) };
}

function tripsOf({ steps, trips, queue }, doing) {
  const places = [doing("queue"), doing("accept")].map((one) => one && steps[one.id]);
  const isOnSite = secondsOf(...places) || queue.length;
  return Math.max(trips.length, isOnSite ? 1 : 0);
}

function automaticOf({ wait_seconds, trips_to_accept, accepted, result }, trips, workdays) {
  const values = {};
  if (wait_seconds) values.wait_minutes = Math.round(wait_seconds / 60);
  if (trips) values.trips = trips;
  if (accepted) values.trips_to_accept = Math.max(trips_to_accept, 1);
  if (accepted && result && workdays !== null) values.workdays = workdays;
  return values;
}

function answersOf(questions, automatic, { photos, answers: given }) {
  const answers = {};
  for (const { id, auto, type, step } of questions) {
    if (auto in automatic) answers[id] = automatic[auto];
    if (type !== "photo" || !step) continue;
    for (const photo of Object.values(photos)) if (photo.step === step && !photo.refused) answers[id] = photo.id;
  }
  for (const id of Object.keys(given)) answers[id] = given[id].value;
  return answers;
}
