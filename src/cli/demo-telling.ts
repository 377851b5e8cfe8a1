/** Tells what happens in a sandbox, line by line: who did what, and what the App answered. */
import type { InSandbox } from "../in-sandbox.ts";
import { inWords } from "../proposal/instant.ts";
import { keyOf } from "../proposal/keys.ts";

export type Play = Pick<InSandbox, "sandbox" | "settled"> & {
  readonly repository: string;
  /** Where it is published: its own repository, and the website's. */
  readonly repositories: readonly string[];
  readonly tell: (line: string) => void;
};

export type Telling = {
  /** Tells what somebody did. */
  say(who: string, what: string): void;
  /** Somebody does something: tells it, lets the App answer, and tells what it answered. */
  act(number: number | null, who: string, what: string, deed: () => Promise<unknown>): Promise<void>;
};

const WIDTH = 11;

export function startTelling({ sandbox, repository, settled, tell }: Play): Telling {
  const known = new Map<number, string>();
  let labels: readonly string[] = [];

  function line(who: string, what: string): void {
    tell(`${inWords(sandbox.clock.now())}  ${who.padEnd(WIDTH)} ${what}`);
  }

  async function tellAnswers(number: number): Promise<void> {
    const comments = await sandbox.see.comments(repository, number);
    for (const comment of comments) {
      const [id, body] = [Number(comment.id), String(comment.body)];
      const key = keyOf(body);
      if (key === null) continue;
      const before = known.get(id);
      if (before === undefined) line("Secretariat", `writes: ${headline(body)}`);
      else if (before !== body && key === "ballot")
        line("Secretariat", `brings the tally up to date: ${tallyOf(body)}`);
      known.set(id, body);
    }
    const now = await sandbox.see.labels(repository, number);
    const added = now.filter((label) => label.startsWith("stage:") && !labels.includes(label));
    for (const label of added) line("Secretariat", `labels the proposal "${label}"`);
    labels = now;
  }

  return {
    say: line,
    async act(number, who, what, deed) {
      await deed();
      line(who, what);
      await settled();
      if (number !== null) await tellAnswers(number);
    },
  };
}

/** The first heading of a message, or its first line of text. */
function headline(body: string): string {
  const [first = ""] = body
    .split("\n")
    .slice(1)
    .filter((text) => text.trim() !== "");
  return first.replace(/^#+ /, "").slice(0, 150);
}

/** The row of numbers under the tally's heading. */
function tallyOf(body: string): string {
  const rows = body.split("\n").filter((row) => row.startsWith("|"));
  const at = rows.findIndex((row) => row.includes("Not voted"));
  const [names = "", , numbers = ""] = rows.slice(at, at + 3);
  const values = numbers.split("|").map((cell) => cell.trim());
  return names
    .split("|")
    .map((cell) => cell.trim())
    .flatMap((name, index) => (name === "" ? [] : [`${values[index]} ${name.toLowerCase()}`]))
    .join(", ");
}
