/** Replicas of the App as processes of their own, which are killed, and started again as a supervisor would. */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { createSignal } from "../../src/reconcile/signal.ts";

export type FleetOptions = {
  readonly replicas: number;
  /** A program of Node's, and what it is given. */
  readonly program: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
};

export type Fleet = {
  readonly size: number;
  /** Where a replica takes deliveries; null: it is down. */
  webhookUrl(replica: number): string | null;
  /** `kill -9`, at whatever it does; it is started again. Answers with the id of the process that is no more. */
  kill(replica: number): number | null;
  /** SIGTERM; it is started again. Answers with its exit code and how many seconds it took to end. */
  restart(replica: number): Promise<{ readonly exit: number | null; readonly seconds: number }>;
  /** Settled when all of them take deliveries. */
  ready(): Promise<void>;
  /** Replicas that ended although nobody ended them, with their last words. */
  readonly fallen: readonly string[];
  /** What they said, for whoever looks for what went wrong. */
  words(): string;
  /** Ends all of them, and starts none again. */
  stop(): Promise<void>;
};

type Replica = {
  child: ChildProcess | null;
  url: string | null;
  /** It is being ended by us. */
  ending: boolean;
  said: string;
  life: Promise<void>;
};

const BEFORE_ANOTHER_TRY = 100;
const LONGEST_START = 60_000;
const KEPT_WORDS = 20_000;

export function startFleet(options: FleetOptions): Fleet {
  const changed = createSignal();
  const fallen: string[] = [];
  let stopping = false;
  const replicas = Array.from({ length: options.replicas }, (): Replica => {
    return { child: null, url: null, ending: false, said: "", life: Promise.resolve() };
  });
  const killAll = () => {
    for (const { child } of replicas) child?.kill("SIGKILL");
  };
  // Whatever happens to the tests: nobody outlives them.
  process.on("exit", killAll);

  /** One process after the other. */
  async function live(replica: Replica): Promise<void> {
    while (!stopping) {
      const { child, ended } = begin(replica, options, changed.notify);
      const exit = await ended;
      const wasUp = replica.url !== null;
      Object.assign(replica, { child: null, url: null });
      changed.notify();
      if (replica.ending) replica.ending = false;
      // It could not start, since its database is down: a supervisor tries again.
      else if (!wasUp) await sleep(BEFORE_ANOTHER_TRY);
      else fallen.push(`Process ${child.pid} ended by itself (${exit}): ${replica.said.slice(-2_000)}`);
    }
  }
  for (const replica of replicas) replica.life = live(replica);

  async function until(holds: () => boolean): Promise<void> {
    for (const end = performance.now() + LONGEST_START; !holds(); await changed.wait(1_000))
      if (performance.now() > end) throw new Error(`The replicas do not start: ${words()}`);
  }
  const words = () => replicas.map(({ said }, index) => `--- replica ${index}\n${said}`).join("\n");
  const at = (index: number) => {
    const replica = replicas[index];
    if (replica === undefined) throw new RangeError(`There is no replica ${index}`);
    return replica;
  };

  return {
    size: replicas.length,
    fallen,
    words,
    webhookUrl: (index) => at(index).url,
    kill(index) {
      const replica = at(index);
      const { child } = replica;
      if (child?.pid === undefined) return null;
      replica.ending = true;
      replica.url = null;
      child.kill("SIGKILL");
      return child.pid;
    },
    async restart(index) {
      const replica = at(index);
      await until(() => replica.url !== null);
      const { child } = replica;
      if (child === null) throw new Error("It has just ended");
      const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
      const began = performance.now();
      replica.ending = true;
      child.kill("SIGTERM");
      const exit = await ended;
      return { exit, seconds: (performance.now() - began) / 1000 };
    },
    ready: () => until(() => replicas.every(({ url }) => url !== null)),
    async stop() {
      stopping = true;
      killAll();
      await Promise.all(replicas.map(({ life }) => life));
      process.off("exit", killAll);
    },
  };
}

function begin(replica: Replica, { program, env, folder }: FleetOptions, ready: () => void) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...program], {
    cwd: folder,
    env,
  });
  let own = "";
  const hear = (words: unknown) => {
    replica.said = (replica.said + String(words)).slice(-KEPT_WORDS);
    if (replica.child !== child || replica.ending || replica.url !== null) return;
    own += words;
    replica.url = /received at (http\S+),/.exec(own)?.[1] ?? null;
    if (replica.url !== null) ready();
  };
  replica.child = child;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", hear);
  const ended = new Promise<string>((done) => {
    child.once("close", (code, signal) => done(String(code ?? signal)));
  });
  return { child, ended };
}
