/**
 * A story: a committee on a GitHub in a box, and the production App, over real HTTP. Whatever it tells, it ends with what
 * must hold at the end of every story: see `story-end.ts`.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { type InSandboxOptions, startAppIn } from "../../src/in-sandbox.ts";
import { MINUTE, seconds } from "../../src/proposal/instant.ts";
import { parseSpan } from "../../src/sandbox/clock.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { checkTheEnd } from "./story-end.ts";
import { type Given, type Proposal, proposalIn, propose } from "./story-proposal.ts";

export const HOME = "misp-rfc";

export const CHARTER = `committee: MISP Standard Committee
chairs: [adulau]
reviewers: [iglocska, chrisr3d]
members:
  - team: MISP/standard-committee
`;

type App = Awaited<ReturnType<typeof startAppIn>>;

export type Story = {
  readonly sandbox: Sandbox;
  /** The App as it runs now: another one after a restart. */
  app(): App;
  /** Somebody opens a proposal with the issue form; the author is `rafiot` unless named. */
  proposes(given?: Given): Promise<Proposal>;
  /** A proposal that is there already. */
  proposal(number: number): Proposal;
  /** Time passes (`30 days`, `1 hour`), and the App does what is due. */
  passes(span: string): Promise<void>;
  /** What failed is tried again until it works; and then so long that an absence is believed. */
  recovers(): Promise<void>;
  /** Everything was delivered, and everything that is due is done. */
  settled(): Promise<void>;
  /** The App looks for what it may have missed. */
  sweeps(): Promise<void>;
  /** The App is stopped, something happens, and it is started again: with its store, without it, or with an old copy. */
  restarts(store?: "kept" | "lost" | "old", meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Keeps a copy of the store for a later `restarts("old")`. */
  copiesStore(): void;
  /** What the App has given up on for now, as an operator would read it. */
  failures(): Promise<readonly string[]>;
  readonly heard: Set<number>;
  /** What the end of this story may differ in; everything else is held against it. */
  readonly allow: { labels: boolean; history: boolean };
};

export type StoryOptions = {
  /** The charter's text; null: there is none. */
  readonly charter?: string | null;
  readonly world?: SandboxOptions["world"];
  /** What is already amiss when the App starts for the first time. */
  readonly before?: (sandbox: Sandbox) => void;
};

const SETTLED = 11 * MINUTE;
const SECONDS = 30;
const MOST_TRIES = 60;

/** Tells a story as a test. */
export function story(name: string, play: (s: Story) => Promise<void>, options: StoryOptions = {}): void {
  test(name, { timeout: SECONDS * 1000 }, async () => {
    const { told, stop } = await begin(options);
    try {
      await play(told);
      await checkTheEnd(told);
    } finally {
      await stop();
    }
  });
}

async function begin({ charter = CHARTER, world, before }: StoryOptions) {
  const folder = mkdtempSync(join(tmpdir(), "secretariat-story-"));
  const storePath = join(folder, "store.sqlite");
  const options: Omit<InSandboxOptions, "sandbox"> = { storePath };
  const given = { ...(charter === null ? {} : { committee: charter }), ...(world ? { world } : {}) };
  const sandbox = await startSandbox(given);
  before?.(sandbox);
  let app = await startAppIn(sandbox, options);
  const settled = () => settle(sandbox, () => app);
  await settled();
  const told: Story = {
    sandbox,
    app: () => app,
    heard: new Set(),
    allow: { labels: false, history: false },
    settled,
    proposes: (proposed = {}) => propose(told, proposed),
    proposal: (number) => proposalIn(told, number),
    async passes(span) {
      const whole = parseSpan(span);
      // The App looks twice at a ballot that is over: once at its deadline, and once when GitHub shows all.
      const last = Math.min(whole, SETTLED);
      if (whole > last) {
        sandbox.clock.forward(seconds(whole - last));
        await settled();
      }
      sandbox.clock.forward(seconds(last));
      await settled();
    },
    async recovers() {
      for (let tries = 0; (await told.failures()).length > 0; tries++) {
        if (tries === MOST_TRIES) throw new Error(`It does not recover: ${await told.failures()}`);
        await told.passes("11 minutes");
      }
      await told.passes("11 minutes");
    },
    async sweeps() {
      await app.sweep();
      await settled();
    },
    async restarts(store = "kept", meanwhile) {
      await app.stop();
      await meanwhile?.();
      if (store !== "kept") for (const end of ENDS) rmSync(storePath + end, { force: true });
      if (store === "old") copyFileSync(`${storePath}.old`, storePath);
      app = await startAppIn(sandbox, options);
      await settled();
      // A store that was lost knows nothing of what was tried just before: that is looked for first.
      if (store !== "kept") await told.passes("11 minutes");
    },
    copiesStore: () => copyFileSync(storePath, `${storePath}.old`),
    failures: async () => (await app.store.failures()).map(({ subject, error }) => `${subject}: ${error}`),
  };
  async function stop(): Promise<void> {
    await app.stop();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
  return { told, stop };
}

/** A SQLite file in WAL mode, and what lies beside it. */
const ENDS = ["", "-wal", "-shm"];

/** A pass makes webhooks, and a webhook makes a pass: at rest is when a whole round has asked nothing of GitHub. */
async function settle(sandbox: Sandbox, app: () => App): Promise<void> {
  for (let before = -1; before !== sandbox.requests.total; ) {
    before = sandbox.requests.total;
    await sandbox.settled();
    await app().idle();
  }
}
