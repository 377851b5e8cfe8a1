/** A value and what it was a while ago: GitHub's reads can be minutes old. */
export type Timeline<T> = { now: T; past: { readonly until: number; readonly value: T }[] };

/** Nobody reads what is older than this, in seconds. */
const REMEMBERED = 900;

export function timeline<T>(value: T): Timeline<T> {
  return { now: value, past: [] };
}

export function change<T>(line: Timeline<T>, value: T, at: number): void {
  const [oldest] = line.past;
  if (oldest !== undefined && oldest.until < at - REMEMBERED)
    line.past = line.past.filter(({ until }) => until >= at - REMEMBERED);
  line.past.push({ until: at, value: line.now });
  line.now = value;
}

/** What it was at a moment of the last minutes. */
export function asOf<T>(line: Timeline<T>, at: number): T {
  if (line.past.length === 0) return line.now;
  const then = line.past.find(({ until }) => until > at);
  return then === undefined ? line.now : then.value;
}
