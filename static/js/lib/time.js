/** Write seconds as a clock face: 23:18, or 1:02:03 from an hour on. */
export function face(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  if (whole >= 3600) parts.unshift(String(Math.floor(whole / 3600)));
  return parts.join(":");
}

const shanghaiTime = (at) => new Date(Date.parse(at) + 8 * 3600e3).toISOString();

/** Write a moment as the clock in Asia/Shanghai shows it, whatever the phone's zone: 09:05. */
export function shownClock(at) {
  return shanghaiTime(at).slice(11, 16);
}

/** Return the day of a moment in Asia/Shanghai: 2026-11-22. */
export function localDay(at) {
  return shanghaiTime(at).slice(0, 10);
}

/** Return whole minutes, rounded half up, at least one. */
export function wholeMinutes(seconds) {
  return Math.max(1, Math.round(seconds / 60));
}
