import { face, shownClock, wholeMinutes } from "../lib/time.js";
import { runningRun, runningSeconds, secondsOf } from "./runs.js";

const ON_SITE = ["queue", "accept", "result"];

/** What happens in a step and has buttons of its own, if it has: queue, accept, track, result. */
export const deedOf = ({ does, id }) => does || id;

/** Write a turn in the queue in one line: when, which number, called when, waited how long. */
export function turnText({ number_at, no, ahead, called_at, window, seconds }) {
  const parts = [
    number_at && `${shownClock(number_at)} 取号 ${no}`.trim(),
    ahead !== null && `前面 ${ahead} 人`,
    called_at && `${shownClock(called_at)} 叫到${window && `，${window} 号窗口`}`,
    seconds && `等了 ${wholeMinutes(seconds)} 分`,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Return what the screens show and do, for a record. */
export function screensOf(record) {
  const { state, questionnaire, simulationStep, trips, doing } = record;
  const { is_simulated, is_recheck } = record.island.walk;
  const isReal = !is_simulated && !is_recheck;
  const screens = questionnaire.steps.filter((one) => one.id === one.screen).map((one) => one.id);
  const run = runningRun(state);
  const step = (id) => questionnaire.steps.find((one) => one.id === id);
  const screenOf = (id) => step(step(id).screen);
  const stepsOn = (screen) => questionnaire.steps.filter((one) => one.screen === screen);
  const nextScreen = (screen) => {
    const isEnd = simulationStep && step(simulationStep).screen === screen;
    return (!isEnd && screens[screens.indexOf(screen) + 1]) || null;
  };
  const clockOf = (screen) => {
    const steps = stepsOn(screen);
    const known = steps.map(({ id }) => state.steps[id]).filter(Boolean);
    const running = run !== null && steps.some(({ id }) => id === state.current);
    return { steps, isKnown: known.length > 0, seconds: secondsOf(...known), running };
  };
  return {
    step, screens, screenOf, nextScreen,
    currentScreen: state.current ? step(state.current).screen : screens[0],
    questionsOn: (screen) =>
      questionnaire.questions.filter((one) => one.step && step(one.step).screen === screen && record.isAsked(one)),
    dataStep: (screen) => (state.accepted && !state.result && doing("track", screen) ? stepsOn(screen)[0].id : screen),
    nextButton(screen) {
      const following = nextScreen(screen);
      if (doing("accept", screen) && isReal && !state.accepted) return { text: "窗口正式受理了", value: "accepted" };
      if (doing("result", screen) && isReal && !state.result) return { text: "拿到结果了", value: "result" };
      if (!following) return { text: "去核对", value: "review" };
      const isCalled = doing("queue", screen) && record.waiting;
      return { text: (isCalled ? "叫到号，进入" : "下一步：") + screenOf(following).title, value: "next" };
    },
    rail: (screen) =>
      screens.map((name) => {
        const { seconds, running } = clockOf(name);
        const said = running ? "计时中" : seconds ? face(seconds) : "";
        const place = name === screen ? "now" : said ? "done" : "todo";
        return { name, label: step(name).short, seconds, running, state: place, said };
      }),
    timer(screen, now) {
      const { steps, isKnown, seconds, running } = clockOf(screen);
      const isWaiting = steps.every((one) => one.ribbon === "wait");
      const isOnSite = trips && ON_SITE.includes(deedOf(step(screen)));
      return {
        seconds: seconds + (running ? runningSeconds(state, record.events, now) : 0),
        running,
        since: running ? run.start : null,
        label: step(screen).title + (isOnSite ? ` · 第 ${trips} 次到现场` : ""),
        kind: running ? (isWaiting ? "wait" : "do") : "idle",
        detail: running ? `${shownClock(run.start)} 开始计时` : "没有在计时",
        beginText: isKnown ? "继续计时" : "开始计时",
      };
    },
  };
}
