/**
 * A committee.yml as plain data, with the place of every key and value. Texts are taken as they are written, so that
 * `+1` stays `+1`; only `true`, `false`, `null` and plain whole numbers are something else.
 */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import type { CharterProblem } from "./charter.ts";
import { wholeNumber } from "./duration.ts";
import { quoted, SMALLEST_CHARTER } from "./guidance.ts";
import { structureProblems } from "./yaml-errors.ts";

/** A whole charter takes a few thousand; a file of GitHub's may have megabytes. */
const MOST_BYTES = 65_536;
const MOST_ALIASES = 50;
const MOST_NODES = 20_000;
const DEEPEST = 20;

export type Path = readonly (string | number)[];
export type Position = { readonly line: number; readonly column: number };

export type WrittenFile = {
  readonly value: unknown;
  /** Where the value at a path stands; for one that is missing, where the group stands that misses it. */
  readonly valueAt: (path: Path) => Position;
  readonly keyAt: (path: Path) => Position;
  /** Places whose value could not be read, and whose problem says so already. */
  readonly unread: ReadonlySet<string>;
};

type Reading = {
  readonly document: Document.Parsed;
  readonly position: (offset: number) => Position;
  readonly problems: CharterProblem[];
  readonly values: Map<string, Position>;
  readonly keys: Map<string, Position>;
  readonly unread: Set<string>;
  aliases: number;
  nodes: number;
};

/** Reads a file's text. `written` is null where no structure could be made out; then there is a problem. Never throws. */
export function readYaml(text: string): {
  readonly written: WrittenFile | null;
  readonly problems: readonly CharterProblem[];
} {
  const unreadable = sizeProblem(text) ?? characterProblems(text);
  if (unreadable.length > 0) return { written: null, problems: unreadable };
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: "failsafe",
    stringKeys: true,
    // Ours is linear, and says where the key stands the first time.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const position = positionsOf(lines, text.startsWith("\uFEFF"));
  const broken = structureProblems(document, position);
  if (broken.length > 0) return { written: null, problems: broken };
  const reading: Reading = {
    document,
    position,
    problems: [],
    values: new Map(),
    keys: new Map(),
    unread: new Set(),
    aliases: 0,
    nodes: 0,
  };
  const value = plainValue(reading, document.contents, []);
  if (value === null)
    return { written: null, problems: [problem(START, "", "The file is empty", SMALLEST_CHARTER)] };
  return { written: writtenFile(reading, value), problems: reading.problems };
}

const START: Position = { line: 1, column: 1 };

function problem(at: Position, path: string, message: string, instead: string): CharterProblem {
  return { ...at, path, message, instead };
}

function sizeProblem(text: string): readonly CharterProblem[] | null {
  const bytes = text.length > MOST_BYTES ? text.length : new TextEncoder().encode(text).length;
  if (bytes <= MOST_BYTES) return null;
  return [
    problem(
      START,
      "",
      "The file is larger than 64 KiB",
      "a shorter file; a large group of members can be a team",
    ),
  ];
}

function characterProblems(text: string): readonly CharterProblem[] {
  const problems: CharterProblem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const column = Array.from({ length: line.length }, (_, at) => line.charCodeAt(at)).findIndex(isForbidden);
    if (column === -1 || problems.length === 20) continue;
    const code = line.charCodeAt(column).toString(16).toUpperCase().padStart(4, "0");
    const at = { line: index + 1, column: column + 1 };
    const message = `The control character U+${code} stands here`;
    problems.push(problem(at, "", message, "the same line without it; the file is UTF-8 text"));
  }
  return problems;
}

/** YAML forbids these characters (YAML 1.2.2, 5.1), and `yaml` lets them pass; a return may only end a line. */
function isForbidden(code: number): boolean {
  const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  const isSpacing = code === 0x09 || code === 0x0d || code === 0x85;
  return (isControl && !isSpacing) || code === 0xfffe || code === 0xffff;
}

function positionsOf(lines: LineCounter, hasByteOrderMark: boolean): (offset: number) => Position {
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    if (line < 1) return START;
    return { line, column: Math.max(1, hasByteOrderMark && line === 1 ? col - 1 : col) };
  };
}

/** A path as people read it: `members[2].login`; list positions count from 1, keys are cut and made harmless. */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${quoted(step).slice(1, -1)}`))
    .join("")
    .replace(/^\./, "");
}

function placeOf(path: Path): string {
  return JSON.stringify(path);
}

function writtenFile(reading: Reading, value: unknown): WrittenFile {
  const valueAt = (path: Path): Position => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = reading.values.get(placeOf(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return START;
  };
  const keyAt = (path: Path) => reading.keys.get(placeOf(path)) ?? valueAt(path);
  return { value, valueAt, keyAt, unread: reading.unread };
}

function note(reading: Reading, node: Node | null, path: Path, message: string, instead: string): void {
  const at = node?.range ? reading.position(node.range[0]) : START;
  reading.problems.push(problem(at, pathText(path), message, instead));
  reading.unread.add(pathText(path));
}

function plainValue(reading: Reading, node: unknown, path: Path): unknown {
  if (!isNode(node)) return null;
  reading.nodes += 1;
  if (reading.nodes > MOST_NODES || path.length > DEEPEST) {
    if (reading.nodes <= MOST_NODES) note(reading, node, path, "This is nested too deeply", "fewer levels");
    if (reading.nodes === MOST_NODES + 1) {
      note(reading, node, path, "The file has too many values", "a shorter file");
    }
    return null;
  }
  if (node.range && !reading.values.has(placeOf(path))) {
    reading.values.set(placeOf(path), reading.position(node.range[0]));
  }
  if (!isAlias(node) && node.tag !== undefined) {
    note(
      reading,
      node,
      path,
      `Tags such as ${quoted(node.tag)} have no meaning here`,
      "the value without the tag",
    );
    return null;
  }
  if (isAlias(node)) return aliasedValue(reading, node, path);
  if (isScalar(node)) return scalarValue(node.source ?? "", node.type === "PLAIN");
  if (isSeq(node)) return node.items.map((item, index) => plainValue(reading, item, [...path, index]));
  return isMap(node) ? groupValue(reading, node.items, path) : null;
}

function aliasedValue(reading: Reading, node: Node, path: Path): unknown {
  reading.aliases += 1;
  if (!isAlias(node) || reading.aliases > MOST_ALIASES) {
    if (reading.aliases === MOST_ALIASES + 1) {
      note(reading, node, path, `The file has more than ${MOST_ALIASES} aliases`, "the values themselves");
    }
    return null;
  }
  const target = node.resolve(reading.document);
  if (target !== undefined) return plainValue(reading, target, path);
  note(reading, node, path, `Nothing is called ${quoted(`&${node.source}`)} before this`, "the value itself");
  return null;
}

function groupValue(
  reading: Reading,
  items: readonly { key: unknown; value: unknown }[],
  path: Path,
): unknown {
  const group: Record<string, unknown> = {};
  for (const item of items) {
    const key = isScalar(item.key) ? String(item.key.value) : "";
    const at = [...path, key];
    const place = isNode(item.key) && item.key.range ? reading.position(item.key.range[0]) : START;
    const first = Object.hasOwn(group, key) ? reading.keys.get(placeOf(at)) : undefined;
    if (first !== undefined) {
      const message = `${quoted(key)} is written twice; the first one is in line ${first.line}`;
      reading.problems.push(problem(place, pathText(at), message, "one of them, and delete the other"));
      continue;
    }
    if (key === "__proto__") {
      const message = `There is no key ${quoted(key)} here`;
      reading.problems.push(problem(place, pathText(at), message, "the file without this line"));
      continue;
    }
    reading.keys.set(placeOf(at), place);
    // What is wrong with a whole list or group, or with an empty value, is shown at its key.
    if (!isScalar(item.value) || item.value.source === "") reading.values.set(placeOf(at), place);
    group[key] = plainValue(reading, item.value, at);
  }
  return group;
}

function scalarValue(source: string, isPlain: boolean): string | number | boolean | null {
  if (!isPlain) return source;
  switch (source) {
    case "true":
      return true;
    case "false":
      return false;
    case "":
    case "~":
    case "null":
      return null;
    default:
      return wholeNumber(source) ?? source;
  }
}
