import { wholeMinutes } from "../lib/time.js";
import { fold } from "./fold.js";
import { secondsOf } from "./runs.js";
import { screensOf, turnText } from "./screens.js";
import { isAsked, suggest } from "./suggest.js";

/** Return what follows from a walk's events, as walkthroughs/record.py and present.py do. */
export function recordOf(island, events) {
  const { questionnaire, walk } = island;
  const { steps, questions } = questionnaire;
  const state = fold(events);
  const { accepted, result, queue } = state;
  const evidence = [...Object.values(state.photos), ...Object.values(state.clips)];
  const trips = tripsOf(state);
  const automatic = automaticOf(state, trips, island.counted.workdays);
  const answers = answersOf(questions, automatic, state.answers);
  const suggestions = suggest(questionnaire, answers, island.facts, island.thresholds);
  const settled = new Set([...state.dismissed, ...Object.values(state.findings).map((one) => one.question)]);
  const doneSteps = doneStepsOf(state);
  const latest = queue[queue.length - 1];
  const record = {
    island, events, state, questionnaire, trips, automatic, answers, suggestions, settled, doneSteps,
    openSuggestions: suggestions.filter((one) => !settled.has(one.question)),
    simulationStep: walk.simulation_step,
    isFullProcess: result !== null && steps.every(({ id }) => id === "track" || doneSteps.has(id)),
    isAwaiting: accepted !== null && result === null && !walk.is_simulated,
    pending: evidence.filter((one) => !one.media && !one.refused),
    refused: evidence.filter((one) => one.refused),
    turns: queue.map((turn) => ({ event: turn.event, text: turnText(turn) })),
    waiting: latest && !latest.called_at ? latest.event : "",
    isAsked: (question) => isAsked(question, answers),
    closingQuestions: questions.filter((one) => one.at === "finish"),
    ribbon: steps.filter(({ id }) => secondsOf(state.steps[id])).map(({ id, short, ribbon }) => {
      return { label: short, minutes: wholeMinutes(secondsOf(state.steps[id])), kind: ribbon, running: false };
    }),
  };
  return { ...record, ...screensOf(record) };
}

function tripsOf({ steps, trips, queue }) {
  const isOnSite = secondsOf(steps.queue, steps.accept) || queue.length;
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

function answersOf(questions, automatic, given) {
  const answers = {};
  for (const { id, auto } of questions) if (auto in automatic) answers[id] = automatic[auto];
  for (const id of Object.keys(given)) answers[id] = given[id].value;
  return answers;
}

function doneStepsOf({ steps, accepted, result }) {
  const timed = Object.keys(steps).filter((name) => steps[name].runs.length || steps[name].typed);
  return new Set([...timed, accepted && "accept", result && "result"].filter(Boolean));
}
