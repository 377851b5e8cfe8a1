/**
 * `npm run draft -- FILE`: any Markdown or mmark file as an Internet-Draft, checked as the IETF would check it. Exit: 0 no
 * error, 1 idnits finds an error, 2 the file cannot be read as a draft.
 */
import { mkdir, open, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { createBibliography, type IetfBibliography } from "../ietf/bibliography.ts";
import { type MadeDraft, makeDraft } from "../ietf/make-draft.ts";
import { createRenderer, type Renderer } from "../ietf/render.ts";
import { type Instant, instant } from "../proposal/instant.ts";
import { allSections, plainText } from "../publication/draft/walk.ts";
import { prepareWith, type Wishes } from "./draft-wishes.ts";

const USAGE = [
  "Usage: npm run draft -- FILE [--out DIR] [--json] [--offline] [--title TITLE]",
  "                             [--name draft-WHO-WHAT-NN] [--date YYYY-MM-DD] [--author NAME]...",
];

type Answer = { readonly exit: 0 | 1 | 2; readonly lines: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Somebody's device or archive is not read to its end only to be refused. */
const LONGEST_FILE = 5 * 1024 * 1024;

/** What to say about a file. Writes only into the folder of `--out`. */
export async function draft(args: readonly string[], environment: Environment = {}): Promise<Answer> {
  const asked = parsed(args);
  if (typeof asked === "string") return { exit: 2, lines: [asked, ...USAGE].filter((line) => line !== "") };
  const { file, out, wishes } = asked;
  const content = await contentOf(file);
  if (typeof content === "string") return { exit: 2, lines: [`${file} cannot be read: ${content}`] };
  const now = instant(Date.now());
  const made = await makeDraft(content, {
    prepare: prepareWith(wishes, { fileName: basename(file), text: new TextDecoder().decode(content), now }),
    bibliography: asked.offline ? null : bibliographyFrom(environment, now),
    renderer: out === null ? null : rendererFrom(environment),
    now,
  });
  if ("refused" in made) return { exit: 2, lines: [`${file} cannot be read as a draft. ${made.refused}`] };
  const files = out === null ? [] : await written(out, made);
  const lines = [...inWords(made, files), ...(asked.json ? [JSON.stringify(asJson(made, files))] : [])];
  return { exit: made.nits.errors > 0 ? 1 : 0, lines };
}

type Asked = {
  readonly file: string;
  readonly out: string | null;
  readonly json: boolean;
  readonly offline: boolean;
  readonly wishes: Wishes;
};

/** What the command line asks for, or what is wrong with it. */
function parsed(args: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        json: { type: "boolean", default: false },
        offline: { type: "boolean", default: false },
        title: { type: "string" },
        name: { type: "string" },
        date: { type: "string" },
        author: { type: "string", multiple: true, default: [] },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return "";
    const { title = null, name = null, date = null, author: authors } = values;
    if (name !== null && !/^draft(?:-[a-z0-9]{1,50}){2,10}-[0-9]{2}$/.test(name))
      return `--name must be like draft-dulaunoy-misp-core-format-20, not "${name}".`;
    if (date !== null && !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date))
      return `--date must be like 2026-12-20, not "${date}".`;
    const { json, offline, out = null } = values;
    return { file, out, json, offline, wishes: { title, name, date, authors } };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The bytes of a file, or why there are none. */
async function contentOf(path: string): Promise<Uint8Array | string> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > LONGEST_FILE) return `it is ${size} bytes long; a draft has at most ${LONGEST_FILE}`;
      const bytes = Buffer.alloc(LONGEST_FILE + 1);
      let length = 0;
      // Devices and pipes have no size: reading stops at the limit whatever they are.
      for (let read = -1; read !== 0 && length <= LONGEST_FILE; length += read)
        read = (await handle.read(bytes, length, bytes.length - length)).bytesRead;
      return length > LONGEST_FILE ? `it is longer than ${LONGEST_FILE} bytes` : bytes.subarray(0, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function bibliographyFrom({ BIBLIOGRAPHY_URL: url }: Environment, now: Instant): IetfBibliography {
  const kept = new Map<string, string>();
  return createBibliography({
    url: url || null,
    clock: { now: () => now },
    cache: {
      recall: async (key) => kept.get(key) ?? null,
      remember: async (key, value) => void kept.set(key, value),
    },
  });
}

function rendererFrom({ XML2RFC }: Environment): Renderer {
  return createRenderer({ program: XML2RFC || null });
}

/** The paths of what was written. The draft's name has only letters, digits and hyphens. */
async function written(folder: string, { name, raw, xml, rendered }: MadeDraft): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const contents: [string, string][] = [
    ["raw.md", raw],
    [`${name}.xml`, xml],
  ];
  if (rendered?.made === "both")
    contents.push([`${name}.txt`, rendered.text], [`${name}.html`, rendered.html]);
  for (const [file, content] of contents) await writeFile(join(folder, file), content);
  return contents.map(([file]) => join(folder, file));
}

function inWords(made: MadeDraft, files: readonly string[]): readonly string[] {
  const { name, nits, unexpressed, lacking, missing, rendered } = made;
  const list = nits.list.map(
    ({ severity, code, message, line }) =>
      `  ${line === null ? "" : `line ${line}: `}${severity} ${code}: ${message}`,
  );
  return [
    `${name}: ${allSections(made.draft).length} sections, ${nits.errors} errors and ${nits.warnings} warnings of idnits`,
    ...list,
    ...unexpressed.map(({ line, what }) => `  line ${line}: ${what}`),
    ...lacking.map(({ what }) => `  it lacks ${what}`),
    ...missing.map(({ because }) => `  ${because}`),
    ...renderedInWords(rendered),
    ...files.map((file) => `  wrote ${file}`),
  ].map(harmless);
}

function renderedInWords(rendered: MadeDraft["rendered"]): readonly string[] {
  if (rendered === null) return [];
  const says = rendered.made === "both" ? rendered.warnings : rendered.why === "failed" ? rendered.says : [];
  return [
    ...(rendered.made === "nothing" ? [`  ${rendered.because}`] : []),
    ...says.map((line) => `    ${line}`),
  ];
}

/** Terminals obey control characters, and the words are those of somebody's file. */
function harmless(line: string): string {
  return line.replaceAll(/\p{Cc}+/gu, " ");
}

function asJson({ name, draft: made, nits, unexpressed }: MadeDraft, files: readonly string[]): object {
  const sections = allSections(made).map(({ title, anchor, line }) => ({
    title: plainText(title),
    anchor,
    line,
  }));
  return { name, sections, nits, unexpressed, files };
}

if (import.meta.main) {
  const { exit, lines } = await draft(process.argv.slice(2), process.env);
  (exit === 2 ? process.stderr : process.stdout).write(`${lines.join("\n")}\n`);
  process.exitCode = exit;
}
