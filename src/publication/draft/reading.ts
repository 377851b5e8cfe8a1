/** What a reader carries along: how the text is written, and what it could not say. */
import type { Dialect, Unexpressed } from "./model.ts";

export type Reading = {
  readonly dialect: Dialect;
  readonly report: (line: number, what: string) => void;
  readonly unexpressed: readonly Unexpressed[];
};

/** More remarks than anybody reads; one more says that there are others. */
const MOST = 500;

export function reading(dialect: Dialect): Reading {
  const unexpressed: Unexpressed[] = [];
  const report = (line: number, what: string) => {
    if (unexpressed.length < MOST) unexpressed.push({ line, what });
    else if (unexpressed.length === MOST) unexpressed.push({ line, what: "more than is listed here" });
  };
  return { dialect, report, unexpressed };
}

/** Somebody's own words within a remark: short, on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
