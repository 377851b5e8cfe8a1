/** How the App is: alive, and ready for a committee. What the loop tells of itself, and one question to the store. */
import type { Repository } from "../proposal/facts.ts";
import { before, DAY, type Instant } from "../proposal/instant.ts";
import type { Clock, StorePort } from "../reconcile/ports.ts";
import { CHARTER_READ_NOTE, type Watch } from "../reconcile/watch.ts";
import { type Answer, json } from "./answer.ts";
import { inTime } from "./in-time.ts";

export type Vitals = {
  readonly watch: Pick<Watch, "beat" | "charterRead" | "asked">;
  /** `GET /healthz`: 200 while the loop turns. */
  alive(): Answer;
  /** `GET /readyz`: 200 where charter, GitHub and database are reached, else 503; and what is set aside. */
  ready(): Promise<Answer>;
};

export type VitalsOptions = {
  readonly store: () => Pick<StorePort, "failures" | "recall">;
  readonly clock: Clock;
};

type Check = { readonly ok: boolean; readonly why: string };

/** In milliseconds of real time. A lane sleeps for a minute at most, and GitHub is given 30 seconds to answer. */
const HEART_STOPS = 180_000;
/** GitHub is asked something every 5 minutes, whatever happens. */
const GITHUB_IS_SILENT = 1_200_000;
/** More would be no page to read; the metrics say how many there are. */
const MOST_SHOWN = 100;

export function createVitals({ store, clock }: VitalsOptions): Vitals {
  const began = performance.now();
  let lastBeat = began;
  let lastAsked: { readonly status: number | null; readonly at: Instant; readonly when: number } | null =
    null;
  const charters = new Map<string, Parameters<Watch["charterRead"]>[1]>();

  function gitHub(): Check {
    if (lastAsked === null) return { ok: false, why: "GitHub has not been asked anything yet." };
    const { status, at, when } = lastAsked;
    if (status === null) return { ok: false, why: `GitHub did not answer at ${at}.` };
    if (status >= 500) return { ok: false, why: `GitHub answered ${status} at ${at}.` };
    if (performance.now() - when > GITHUB_IS_SILENT)
      return { ok: false, why: `GitHub was last reached at ${at}.` };
    return { ok: true, why: `GitHub answered at ${at}.` };
  }

  function charter(readElsewhere: string | null): Check {
    if (charters.size === 0 && readElsewhere !== null && readElsewhere > before(clock.now(), DAY))
      return {
        ok: true,
        why: `A charter was read at ${readElsewhere}, by another replica or before a restart.`,
      };
    const count = (status: string) => [...charters.values()].filter((each) => each === status).length;
    const [valid, invalid, unreadable] = ["valid", "invalid", "unreadable"].map(count);
    const why = `${valid} valid, ${invalid} invalid and ${unreadable} unreadable, of ${charters.size} repositories.`;
    return { ok: (valid ?? 0) + (invalid ?? 0) > 0, why: `Charters: ${why}` };
  }

  async function ready(): Promise<Answer> {
    const { database, setAside, charterRead } = await askStore(store());
    const checks = { charter: charter(charterRead), github: gitHub(), database };
    const isReady = Object.values(checks).every(({ ok }) => ok);
    return json(isReady ? 200 : 503, { ready: isReady, checks, setAside });
  }

  return {
    watch: {
      beat() {
        lastBeat = performance.now();
      },
      asked(_, status) {
        lastBeat = performance.now();
        lastAsked = { status, at: clock.now(), when: lastBeat };
      },
      charterRead: (repository, status) => void charters.set(nameOf(repository), status),
    },
    alive() {
      const silence = Math.round((performance.now() - lastBeat) / 1000);
      const alive = silence * 1000 < HEART_STOPS;
      return json(alive ? 200 : 503, { alive, secondsSinceTheLoopTurned: silence });
    },
    ready,
  };
}

type SetAside = {
  readonly subject: string;
  readonly failures: number;
  readonly nextTry: Instant;
  readonly because: string;
};

async function askStore(store: ReturnType<VitalsOptions["store"]>): Promise<{
  readonly database: Check;
  readonly setAside: readonly SetAside[];
  readonly charterRead: string | null;
}> {
  const said = await inTime(Promise.all([store.failures(), store.recall(CHARTER_READ_NOTE)]));
  if (said === null) {
    const why = "The store does not answer; the log says why.";
    return { database: { ok: false, why }, setAside: [], charterRead: null };
  }
  const [failures, charterRead] = said;
  const setAside = failures.slice(0, MOST_SHOWN).map(({ subject, failures: times, dueAt, error }) => ({
    subject,
    failures: times,
    nextTry: dueAt,
    because: causeOf(error),
  }));
  return { database: { ok: true, why: "The store answers." }, setAside, charterRead };
}

/** Only the kind of the error: its words can quote what only some may read. The log has them. */
function causeOf(error: string): string {
  if (error.startsWith("GitHubFailure:")) return "GitHub failed or refused.";
  if (error.startsWith("NeedsPeople:")) return "People have to mend something; the proposal says what.";
  return "A mistake in the App; the log says more.";
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`.toLowerCase();
}
