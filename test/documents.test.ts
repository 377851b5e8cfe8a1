import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import MarkdownIt, { type Token } from "markdown-it";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseCharter } from "../src/charter/parse.ts";
import { generated } from "../src/cli/generate.ts";
import { welcomeText } from "../src/cli/welcome.ts";
import { instant } from "../src/proposal/instant.ts";

const DECISIONS = "docs/decisions";
const documents = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ".github/PULL_REQUEST_TEMPLATE.md",
];

const manifest = z
  .object({
    license: z.string(),
    engines: z.object({ node: z.string() }),
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read("package.json")));

function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** Every token of a document, those inside paragraphs and cells too. */
function tokensOf(path: string): readonly Token[] {
  return new MarkdownIt().parse(read(path), {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

function linksIn(path: string): readonly string[] {
  return tokensOf(path).flatMap((token) => {
    const href = token.type === "link_open" ? token.attrGet("href") : null;
    return href === null || /^https?:/.test(String(href)) ? [] : [String(href)];
  });
}

function codeIn(path: string): readonly string[] {
  return tokensOf(path).flatMap((token) => (token.type === "code_inline" ? [token.content] : []));
}

/** Headings as GitHub makes anchors of them. */
function anchorsOf(path: string): readonly string[] {
  const tokens = tokensOf(path);
  return tokens
    .filter((_, index) => tokens[index - 1]?.type === "heading_open")
    .map(({ content }) =>
      content
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
}

/** The fenced block that holds a text. */
function blockWith(path: string, text: string): string {
  const found = tokensOf(path).find(({ type, content }) => type === "fence" && content.includes(text));
  if (found === undefined) throw new Error(`${path} has no block with "${text}"`);
  return found.content;
}

describe.each(documents)("%s", (path) => {
  it("links only to what is there", () => {
    for (const link of linksIn(path)) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      expect(existsSync(target), `${link} in ${path}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), `${link} in ${path}`).toContain(anchor);
    }
  });

  it("names only scripts that there are", () => {
    const named = [...read(path).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script = ""]) => script);
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
  });

  it("names only files that there are", () => {
    const isOurs = (code: string) => /^(?:src|test|docs|\.github|\.ci)\/\S+$|^[\w/.-]+\.ts$/.test(code);
    for (const file of codeIn(path).filter(isOurs)) expect(existsSync(file), `${file} in ${path}`).toBe(true);
  });
});

it("what documents take from the code is fresh", async () => {
  for (const [path, content] of await generated()) expect(read(path), "npm run generate").toBe(content);
});

describe("README.md", () => {
  it("shows what npm start says", () => {
    const words = welcomeText({
      seconds: 2.2,
      githubUrl: "http://127.0.0.1:35923",
      appUrl: "http://127.0.0.1:3000",
      now: instant("2026-11-23T08:39:00Z"),
      proposal: 1,
    });
    expect(words.startsWith(blockWith("README.md", "is ready"))).toBe(true);
  });

  it("shows what npm run demo says, dates aside", async () => {
    const undated = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => line.replace(/^[0-9-]{10} [0-9:]{5} UTC/, ""));
    const { stdout } = await promisify(execFile)(process.execPath, ["src/cli/demo.ts"]);
    const shown = undated(blockWith("README.md", "Decision: approved"));
    expect(shown.length).toBeGreaterThan(3);
    expect(undated(stdout)).toEqual(expect.arrayContaining(shown));
  }, 30_000);

  it("shows a complete charter", () => {
    expect(parseCharter(blockWith("README.md", "committee:"))).toMatchObject({ ok: true });
  });
});

it("ARCHITECTURE.md names files from the project's folder on, and misses no folder of src", () => {
  const code = codeIn("ARCHITECTURE.md");
  for (const file of code.filter((span) => /^[\w-]+\.(?:json|yml|md)$/.test(span)))
    expect(existsSync(file), file).toBe(true);
  const folders = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(code).toEqual(expect.arrayContaining(folders.map(({ name }) => `src/${name}/`)));
});

it("docs/operator.md names only settings that are read", () => {
  const sources = ["src/config.ts", "src/cli/connect.ts"].map(read).join("\n");
  const settings = codeIn("docs/operator.md").flatMap((code) => /^[A-Z]+_[A-Z_]+/.exec(code) ?? []);
  expect(settings).not.toEqual([]);
  for (const setting of settings) expect(sources).toMatch(new RegExp(`\\b${setting}\\b`));
});

describe("the decisions", () => {
  const pages = readdirSync(DECISIONS).sort();

  it("are numbered one after another", () => {
    const numbers = pages.map((page) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]));
    expect(numbers).toEqual(pages.map((_, index) => index + 1));
  });

  it.each(pages)("say why, what and what follows: %s", (page) => {
    const text = read(`${DECISIONS}/${page}`);
    expect(text).toMatch(new RegExp(`^# ${Number(page.slice(0, 4))}\\. `));
    for (const part of ["Context", "Decision", "What follows"]) expect(text).toContain(`**${part}.**`);
  });

  it("have a row for each dependency, and for nothing else", () => {
    const [, running = "", developing = ""] = read(`${DECISIONS}/0002-dependencies.md`).split("\n## ");
    const rows = (section: string) =>
      [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name).sort();
    expect(rows(running)).toEqual(Object.keys(manifest.dependencies).sort());
    expect(rows(developing)).toEqual(Object.keys(manifest.devDependencies).sort());
  });
});

describe("the checks of a change", () => {
  const workflow = z
    .object({
      permissions: z.record(z.string(), z.string()),
      jobs: z.record(
        z.string(),
        z.object({
          steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
        }),
      ),
    })
    .parse(parse(read(".github/workflows/ci.yml")));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("run the README's own commands", () => {
    expect(blockWith("README.md", "npm test")).toBe("npm ci && npm test\n");
    expect(steps.map(({ run }) => run)).toEqual(expect.arrayContaining(["npm ci", "npm test"]));
    expect(read(".ci/run")).toMatch(/\bnpm ci\b[\s\S]*\bnpm test\b/);
  });

  it("may read and nothing else, with actions pinned to a commit", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it("agree on the Node that everything runs on", () => {
    const major = read(".node-version").trim();
    expect(manifest.engines.node).toBe(`>=${major}`);
    expect(manifest.devDependencies.node).toMatch(new RegExp(`^\\^${major}\\.`));
    expect(manifest.devDependencies["@types/node"]).toMatch(new RegExp(`^\\^${major}\\.`));
  });

  it("carry the licence that package.json names", () => {
    expect(read("LICENSE").startsWith(`${manifest.license} License\n`)).toBe(true);
  });
});
