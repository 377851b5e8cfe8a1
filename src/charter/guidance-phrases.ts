/** The form of what is said of a key, and phrases that several keys share. */

export type Guidance = {
  /** What the key is for; an editor shows it. */
  readonly about: string;
  /** What its value is, after "is not …". */
  readonly is: string;
  /** What to write there. */
  readonly instead: string;
};

export const SPAN = {
  is: "a span of time",
  instead:
    "a whole number and a unit, such as `30 days`, `2 weeks`, `36 hours` or `45 minutes`; from 1 minute to 730 days",
};
export const LINE = { is: "a line of text", instead: "one line of text" };
