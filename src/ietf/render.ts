/** A draft's text and HTML, by the IETF's own `xml2rfc`, where it is installed. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { Instant } from "../proposal/instant.ts";
import { type Ran, runBounded } from "./program.ts";
import { inTurns } from "./turns.ts";

export type RendererOptions = {
  /** The program's path, or its name to look for on the PATH; `null`: `xml2rfc`. */
  readonly program?: string | null;
  readonly timeoutMs?: number;
  /** Of what the program writes, both to its folder and to its output. */
  readonly mostBytes?: number;
};

export type Rendered =
  | {
      readonly made: "both";
      readonly text: string;
      readonly html: string;
      /** What the program had to say, line by line. */
      readonly warnings: readonly string[];
    }
  /** Not an error: the committee's repository can make them itself. */
  | { readonly made: "nothing"; readonly why: "not installed"; readonly because: string }
  | {
      readonly made: "nothing";
      readonly why: "failed";
      readonly because: string;
      readonly says: readonly string[];
    };

export type Renderer = {
  /** Renders the XML of a draft as of a day; one at a time, whoever asks. Never throws. */
  render(xml: string, now: Instant): Promise<Rendered>;
};

const ARGUMENTS = ["--v3", "--no-network", "--skip-config-files", "--text", "--html"];
const MOST_LINES = 50;

export function createRenderer(options: RendererOptions = {}): Renderer {
  const turns = inTurns(1);
  return { render: (xml, now) => turns(() => renderOnce(options, xml, now)) };
}

async function renderOnce(options: RendererOptions, xml: string, now: Instant): Promise<Rendered> {
  const folder = await mkdtemp(join(tmpdir(), "draft-"));
  try {
    return await renderIn(folder, options, xml, now);
  } catch (error) {
    const because = `The text and HTML could not be made: ${error instanceof Error ? error.message : String(error)}.`;
    return { made: "nothing", why: "failed", because, says: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function renderIn(
  folder: string,
  options: RendererOptions,
  xml: string,
  now: Instant,
): Promise<Rendered> {
  const program = options.program ?? "xml2rfc";
  const { timeoutMs = 60_000, mostBytes = 64 * 1024 * 1024 } = options;
  const home = join(folder, "home");
  await mkdir(home);
  await writeFile(join(folder, "draft.xml"), xml);
  const ran = await runBounded({
    // A path is meant from where the App runs, not from the empty folder.
    program: program.includes("/") ? resolve(program) : program,
    // The XML is the App's own, and its name is too: nothing here is anybody's text.
    args: [...ARGUMENTS, "--date", now.slice(0, 10), "--cache", home, "draft.xml"],
    folder,
    env: environment(home),
    timeoutMs,
    mostBytes,
  });
  return judged(ran, folder, mostBytes);
}

/** Nothing of the App's own environment but where programs are; a proxy that is not there catches what asks for one. */
function environment(home: string): Record<string, string> {
  const nowhere = "http://127.0.0.1:9";
  return {
    PATH: process.env.PATH ?? ["/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    TMPDIR: home,
    XDG_CACHE_HOME: home,
    LANG: "C.UTF-8",
    TZ: "UTC",
    PYTHONDONTWRITEBYTECODE: "1",
    http_proxy: nowhere,
    https_proxy: nowhere,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
  };
}

async function judged(ran: Ran, folder: string, mostBytes: number): Promise<Rendered> {
  const failed = (because: string): Rendered => ({
    made: "nothing",
    why: "failed",
    because,
    says: linesOf(ran, folder),
  });
  switch (ran.end) {
    case "not there":
      return {
        made: "nothing",
        why: "not installed",
        because:
          "xml2rfc is not installed here, so the text and HTML are left to the repository's own build.",
      };
    case "too long":
      return failed("xml2rfc did not finish in time, and was stopped.");
    case "too much":
      return failed(`xml2rfc wrote more than ${mostBytes} bytes, and was stopped.`);
    case "ended": {
      if (ran.code !== 0) return failed("xml2rfc could not render the draft.");
      const text = await outputOf(join(folder, "draft.txt"), mostBytes);
      const html = await outputOf(join(folder, "draft.html"), mostBytes);
      if (text === null || html === null)
        return failed("xml2rfc ended without an error and without its files.");
      return { made: "both", text, html, warnings: warningsIn(linesOf(ran, folder)) };
    }
  }
}

async function outputOf(path: string, mostBytes: number): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size === 0 || found.size > mostBytes) return null;
  return readFile(path, "utf8");
}

/** Where it ran is nobody's business. */
function linesOf({ output }: Ran, folder: string): readonly string[] {
  const lines = output
    .replaceAll(`${folder}/`, "")
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, 500),
    );
  return lines.filter((line) => line !== "").slice(0, MOST_LINES);
}

/**
 * Each once, though the program prepares the draft for text and for HTML. That a draft's date is not the machine's own
 * says something about the machine: drafts are made as of a day.
 */
function warningsIn(lines: readonly string[]): readonly string[] {
  const isAboutToday = (line: string) => line.includes("more than 3 days away from today's date");
  return [...new Set(lines)].filter((line) => isWarning(line) && !isAboutToday(line));
}

function isWarning(line: string): boolean {
  return /\b(?:warning|error)\b/i.test(line);
}
