/** `npm run demo`: one proposal's whole life in the sandbox, told as it happens. `-- --proposal FILE`, `-- --json`. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { startInSandbox } from "../in-sandbox.ts";
import { docketPath, sha256 } from "../proposal/docket.ts";
import type { EntryOf } from "../proposal/entries.ts";
import type { RequestCounts } from "../sandbox/requests.ts";
import { sampleRegisterText } from "../sandbox/sample-register.ts";
import { MISP_WORLD, type World } from "../sandbox/seed.ts";
import { playLife } from "./demo-life.ts";
import { type Play, startTelling } from "./demo-telling.ts";

const REPOSITORY = "misp-rfc";
const REPOSITORIES = [REPOSITORY, "misp-standard.org"];

export type DemoResult = {
  readonly stage: string;
  readonly entries: readonly string[];
  readonly requests: RequestCounts;
  readonly pullRequests: readonly string[];
  readonly published: readonly {
    readonly repository: string;
    readonly path: string;
    readonly sha256: string;
  }[];
  readonly seconds: number;
};

/** A proposal to play: its name is the standard's folder, and its text what will be voted on. */
export type Script = { readonly name: string; readonly title: string; readonly text: string };

/** Plays a life and tells it. Throws where it does not end in the publication of what follows from the text voted on. */
export async function demo(script: Script, tell: (line: string) => void): Promise<DemoResult> {
  const committee = readFileSync(new URL("../../.github/committee.yml", import.meta.url), "utf8");
  const world = { repositories: MISP_WORLD.repositories.map((each) => withoutStandard(each, script.name)) };
  const { sandbox, settled, stop } = await startInSandbox({ sandbox: { committee, world } });
  try {
    await settled();
    sandbox.requests.reset();
    const started = performance.now();
    const play: Play = { sandbox, repository: REPOSITORY, repositories: REPOSITORIES, settled, tell };
    const number = await playLife(play, startTelling(play), script);
    const docket = await readDocket(play, number);
    return {
      stage: docket.kinds.at(-1) === "published" ? "published" : "unfinished",
      entries: docket.kinds,
      requests: counted(sandbox.requests),
      pullRequests: await pullRequestsIn(play),
      published: await publishedFiles(play, docket),
      seconds: Number(((performance.now() - started) / 1000).toFixed(2)),
    };
  } finally {
    await stop();
  }
}

/** A new standard's name is new: one of the committee's own is played as it was before it was registered. */
function withoutStandard(repository: World["repositories"][number], name: string) {
  if (repository.name !== REPOSITORY) return repository;
  return { ...repository, files: { ...repository.files, "register.json": sampleRegisterText(name) } };
}

async function pullRequestsIn({ sandbox, repositories }: Play): Promise<readonly string[]> {
  const pulls = await Promise.all(repositories.map((repository) => sandbox.see.pulls(repository)));
  return pulls.flat().map((pull) => String(pull.html_url));
}

type Docket = {
  readonly kinds: readonly string[];
  readonly voted: string;
  readonly files: EntryOf<"published">["files"];
};

async function readDocket({ sandbox, repository }: Play, number: number): Promise<Docket> {
  const path = docketPath({ owner: "MISP", name: repository, number });
  const file = await sandbox.see.file(repository, path, "dockets");
  const { entries } = JSON.parse(file ?? "{}");
  const of = (kind: string) => entries.find((entry: { kind: string }) => entry.kind === kind);
  return {
    kinds: entries.map((entry: { kind: string }) => entry.kind),
    voted: of("ballot-opened").text.text,
    files: of("published").files,
  };
}

/** The merged files, with their digests; the first is the standard, and must follow from what was voted on. */
async function publishedFiles({ sandbox, tell }: Play, docket: Docket): Promise<DemoResult["published"]> {
  const published = [];
  for (const { owner, name, path } of docket.files) {
    const text = await sandbox.see.file(name, path);
    if (text === null) throw new Error(`${path} was not merged`);
    tell("");
    tell(`--- ${path}, ${Buffer.byteLength(text)} bytes, SHA-256 ${sha256(text)}`);
    for (const line of beginningOf(text)) tell(`    ${line}`);
    published.push({ repository: `${owner}/${name}`, path, sha256: sha256(text) });
  }
  const [standard] = docket.files;
  if (standard?.asVoted !== true || published[0]?.sha256 !== standard.sha256)
    throw new Error("What was merged does not follow from what was voted on.");
  tell("");
  tell(
    standard.sha256 === docket.voted
      ? "What was merged is, byte for byte, what was voted on."
      : "What was merged is, byte for byte, the Internet-Draft that was made of what was voted on.",
  );
  return published;
}

const LINES_SHOWN = 30;

function beginningOf(text: string): readonly string[] {
  const lines = text.trimEnd().split("\n");
  const more = lines.length - LINES_SHOWN;
  return more <= 0 ? lines : [...lines.slice(0, LINES_SHOWN), `… and ${more} more lines`];
}

function counted({ total, reads, writes, notModified, tokens }: RequestCounts): RequestCounts {
  return { total, reads, writes, notModified, tokens };
}

export const SAMPLE: Script = {
  name: "misp-tag-format",
  title: "A format for sharing the tags of a community",
  text: readFileSync(new URL("sample-specification.md", import.meta.url), "utf8"),
};

/** A file as a proposal: named by itself, titled by its title block or first heading. */
export function scriptFrom(path: string): Script {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  const name = basename(path).replace(/\.[a-z]+$/i, "");
  const line = text.split("\n", 200).find((each) => /^(?:% ?)?Title ?=|^# /i.test(each));
  const title = line
    ?.replace(/^(?:% ?)?Title ?= ?|^# /i, "")
    .replaceAll('"', "")
    .trim();
  return { name, title: title || name, text };
}

const USAGE = "Usage: npm run demo -- [--proposal FILE] [--json]";

/** What the command line asks for. Throws, with the usage, on what it does not understand. */
function wishes() {
  const no = { type: "boolean", default: false } as const;
  const options = { proposal: { type: "string" }, json: no, help: no } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

async function main(): Promise<void> {
  const values = wishes();
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const script = values.proposal === undefined ? SAMPLE : scriptFrom(values.proposal);
  const result = await demo(script, (line) => console.log(line));
  const { total, reads, writes, notModified, tokens } = result.requests;
  console.log(
    `The life took ${result.seconds} s here and ${total} requests to GitHub: ${reads} reads (${notModified} not modified) and ${writes} writes; ${tokens} tokens besides.`,
  );
  if (values.json) console.log(JSON.stringify(result));
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
