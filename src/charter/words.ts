/** The charter's values in plain English, for messages. What stands here can be read back by the parsers. */

import { DAY, HOUR, MINUTE, type Seconds } from "../proposal/instant.ts";
import type { Fraction, MajorityRule, QuorumRule, Seat } from "./charter.ts";

/** `30 days`, `36 hours`, `45 minutes`: the largest unit that leaves nothing over. */
export function durationInWords(span: Seconds): string {
  if (span % DAY === 0) return counted(span / DAY, "day");
  if (span % HOUR === 0) return counted(span / HOUR, "hour");
  if (span % MINUTE === 0) return counted(span / MINUTE, "minute");
  return counted(span, "second");
}

/** `more than 1/2 of the votes cast`. */
export function majorityInWords(rule: MajorityRule): string {
  return `${rule.comparison} ${fractionInWords(rule.fraction)} of the ${rule.of}`;
}

/** `at least 1/2 of the members`, `5 members`, `none`. */
export function quorumInWords(rule: QuorumRule | null): string {
  if (rule === null) return "none";
  switch (rule.kind) {
    case "count":
      return counted(rule.people, "member");
    case "share":
      return `${rule.comparison} ${fractionInWords(rule.fraction)} of the members`;
  }
}

/** `adulau`, `MISP/standard-committee (CIRCL, CSIRT)`. Organization and sector are as written: escape what is shown. */
export function seatInWords(seat: Seat): string {
  const about = [seat.organization, seat.sector].filter((text) => text !== null);
  return about.length === 0 ? seatName(seat) : `${seatName(seat)} (${about.join(", ")})`;
}

/** What a seat is called on GitHub: `adulau`, or `MISP/standard-committee` for a team. */
export function seatName(seat: Seat): string {
  switch (seat.kind) {
    case "user":
      return seat.login;
    case "team":
      return `${seat.organizationLogin}/${seat.slug}`;
  }
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function fractionInWords(fraction: Fraction): string {
  return `${fraction.numerator}/${fraction.denominator}`;
}
