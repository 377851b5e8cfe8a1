/** The sandbox's own handles over HTTP, under `/_sandbox`, for people with curl. */

import { instant } from "../proposal/instant.ts";
import { type Answer, answer, NOT_FOUND, refusal } from "./answers.ts";
import { parseSpan, type SandboxClock } from "./clock.ts";
import { objectOrEmpty } from "./json.ts";
import { isBot, type People } from "./people.ts";
import type { Requests } from "./requests.ts";
import type { World } from "./seed.ts";

type Controlled = {
  readonly clock: SandboxClock;
  readonly requests: Requests;
  readonly people: People;
  readonly world: World;
};

/** Answers `GET` and `POST /_sandbox/clock`, `GET /_sandbox/requests` and `GET /_sandbox/people`. */
export async function control(
  controlled: Controlled,
  method: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  switch (`${method} ${path}`) {
    case "GET /_sandbox/clock":
      return answer(200, { now: controlled.clock.now() });
    case "POST /_sandbox/clock":
      return turnClock(controlled.clock, body);
    case "GET /_sandbox/requests":
      return answer(200, counts(controlled.requests));
    case "GET /_sandbox/people":
      return answer(200, peopleOf(controlled));
    default:
      return NOT_FOUND;
  }
}

function turnClock(clock: SandboxClock, body: unknown): Answer {
  const { forward, to } = objectOrEmpty(body);
  try {
    if (typeof forward === "string") clock.forward(parseSpan(forward));
    else if (typeof to === "string") clock.turnTo(instant(to));
    else return refusal(422, 'Say {"forward": "30 days"} or {"to": "2027-01-31T12:00:00Z"}.');
    return answer(200, { now: clock.now() });
  } catch (error) {
    if (error instanceof RangeError) return refusal(422, error.message);
    throw error;
  }
}

function counts({ total, reads, writes, notModified, tokens, log }: Requests): unknown {
  return { total, reads, writes, notModified, tokens, log };
}

function peopleOf({ people, world }: Controlled): unknown {
  return people
    .all()
    .filter(({ login, deleted }) => !deleted && !isBot(login))
    .map(({ login, id, seeded }) => ({
      login,
      id,
      token: seeded,
      access: world.access[seeded] ?? "read",
      teams: Object.keys(world.teams).filter((slug) => world.teams[slug]?.includes(seeded)),
    }));
}
