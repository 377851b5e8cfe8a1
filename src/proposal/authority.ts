/** Who may do what: the seats of the charter, held against the person who asks. */
import type { Charter, Role } from "../charter/charter.ts";
import type { Facts, Person } from "./facts.ts";
import { type Need, needRoster } from "./step.ts";

/** Whether a person sits on a role now. A team's seats are looked up; a login's holder is whoever bears it now. */
export function sits(person: Person, role: Role, charter: Charter, facts: Facts): Need<boolean> {
  const seats = charter[role];
  const login = person.login.toLowerCase();
  if (seats.some((seat) => seat.kind === "user" && seat.login.toLowerCase() === login)) return { got: true };
  if (!seats.some((seat) => seat.kind === "team")) return { got: false };
  const roster = needRoster(facts, role, charter);
  return "got" in roster ? { got: roster.got.some((seated) => seated.id === person.id) } : roster;
}

export function isAuthor(person: Person, facts: Facts): boolean {
  return facts.issue.author?.id === person.id;
}
