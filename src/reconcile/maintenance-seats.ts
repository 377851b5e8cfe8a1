/** Who may ask for a renewal: everybody with a seat in the committee, whatever the seat. */
import type { Role } from "../charter/charter.ts";
import { type Person, unknown } from "../proposal/facts.ts";
import { type Kept, onBehalf } from "./maintenance-keeper.ts";
import type { MaintenancePorts } from "./maintenance-ports.ts";
import { NeedsPeople } from "./ports.ts";

const ROLES: readonly Role[] = ["chairs", "reviewers", "members"];

/** Throws `NeedsPeople` where a team cannot be read and nobody else's seat settles it. */
export async function hasSeat(
  github: MaintenancePorts["github"],
  { charter, home }: Kept,
  person: Person,
): Promise<boolean> {
  const login = person.login.toLowerCase();
  const all = ROLES.flatMap((role) => charter[role]);
  if (all.some((seat) => seat.kind === "user" && seat.login.toLowerCase() === login)) return true;
  for (const role of ROLES) {
    const seats = charter[role].filter((seat) => seat.kind === "team");
    if (seats.length === 0) continue;
    const { rosters } = await github.read(onBehalf(home), { fact: "roster", role, seats });
    const seated = rosters?.[role] ?? unknown("GitHub was not asked");
    if (!seated.known)
      throw new NeedsPeople(
        `Whether ${person.login} has a seat in the committee cannot be told: ${seated.because}.`,
      );
    if (seated.value.some(({ id }) => id === person.id)) return true;
  }
  return false;
}
