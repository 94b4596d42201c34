import type { Tree } from "../../model/tree.ts";

/** When a schedule is on: the whole year round, at no time at all, or now and then. */
export type ScheduleState = "always" | "never" | "sometimes";

/**
 * What a `schedules/schedule` comes to: a rule is left out while none of its time ranges is on (`filter.inc`,
 * `filter_get_time_based_rule_status()`). The GUI's last minute is 23:59, so 0:00-23:59 is taken for the whole day.
 */
export function scheduleState(schedule: Tree): ScheduleState {
  const states = schedule.list("timerange").map(rangeState);
  if (states.includes("always")) return "always";
  return states.every((state) => state === "never") ? "never" : "sometimes";
}

function rangeState(range: Tree): ScheduleState {
  const months = numbers(range.textOf("month"));
  const days = numbers(range.textOf("day"));
  const weekdays = numbers(range.textOf("position"));
  const hours = hoursState(range.textOf("hour"));
  const dates = datesState(months, days);
  if (hours === "never" || dates === "never") return "never";
  const everyWeekday = !weekdays || [1, 2, 3, 4, 5, 6, 7].every((day) => weekdays.includes(day));
  return hours === "always" && dates === "always" && everyWeekday ? "always" : "sometimes";
}

/** Undefined where any will do. */
function numbers(text: string): readonly number[] | undefined {
  return text === "" || text === "0" ? undefined : text.split(",").map(Number);
}

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function datesState(months: readonly number[] | undefined, days: readonly number[] | undefined): ScheduleState {
  const chosen = months ?? monthLengths.map((_, i) => i + 1);
  const count = (month: number): number => {
    const length = monthLengths[month - 1] ?? 0;
    return days ? new Set(days.filter((day) => day >= 1 && day <= length)).size : length;
  };
  if (chosen.every((month) => count(month) === 0)) return "never";
  const whole = monthLengths.every((length, i) => chosen.includes(i + 1) && count(i + 1) === length);
  return whole ? "always" : "sometimes";
}

function hoursState(text: string): ScheduleState {
  if (text === "" || text === "0") return "always";
  const [from, to] = text.split("-").map(minutes);
  if (from === undefined || to === undefined) return "sometimes";
  if (from >= to) return "never";
  return from === 0 && to >= 23 * 60 + 59 ? "always" : "sometimes";
}

function minutes(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{1,2})$/.exec(text.trim()) ?? [];
  return hour === undefined || minute === undefined ? undefined : Number(hour) * 60 + Number(minute);
}
