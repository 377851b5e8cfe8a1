/** Finds the regular expressions that are written in a source text, and times one on texts that are bad for it. */
import { createContext, Script } from "node:vm";

export type Literal = { readonly source: string; readonly flags: string };

/** Comments, strings, words and space: in none of them does a regular expression begin. */
const PIECES = [
  /\/\/[^\n]*/y,
  /\/\*[\s\S]*?\*\//y,
  /"(?:[^"\\\n]|\\.)*"/y,
  /'(?:[^'\\\n]|\\.)*'/y,
  /[\w$]+/y,
  /\s+/y,
];
const LITERAL = /\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/y;
/** After these a slash begins a regular expression; after anything else it divides. */
const BEFORE_VALUE = /(?:[([{},;:=!&|?+*%<>~^-]|\b(?:return|typeof|case|of|in|await|yield))$/;

/** The regular expressions of a TypeScript source, by a scan that knows as much of the language as that needs. */
export function literalsOf(code: string): readonly Literal[] {
  const found: Literal[] = [];
  // Of each brace that is open: does the text of a template go on after it?
  const braces: boolean[] = [];
  let before = "";
  let at = 0;
  while (at < code.length) {
    const template = templateAt(code, at, braces);
    const literal = BEFORE_VALUE.test(before) ? matchAt(LITERAL, code, at) : null;
    const piece = PIECES.map((pattern) => matchAt(pattern, code, at)?.[0]).find((text) => text !== undefined);
    const text = template ?? piece ?? literal?.[0] ?? code.charAt(at);
    if (template === null && piece === undefined) {
      if (literal !== null) found.push({ source: literal[1] ?? "", flags: literal[2] ?? "" });
      if (text === "{") braces.push(false);
      if (text === "}") braces.pop();
    }
    if (!/^(?:\s|\/[/*])/.test(text)) before = text;
    at += text.length;
  }
  return found;
}

/** The text of a template from here to its end or to the next place in it; null: there is none here. */
function templateAt(code: string, from: number, braces: boolean[]): string | null {
  const goesOn = braces.at(-1) === true && code[from] === "}";
  if (!goesOn && code[from] !== "`") return null;
  if (goesOn) braces.pop();
  const [text, end] = matchAt(/[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)/y, code, from) ?? [];
  if (text === undefined) throw new Error("A template has no end");
  if (end !== "`") braces.push(true);
  return text;
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** What is repeated until it is long, and what stands at the end: nothing, or what spoils a match that had begun. */
const UNITS = [
  ..." \n\r\t0aA.-/:=<>[({`*_~^#@&%\\$|,;!\"'é\u202e\u0000",
  ...[
    "a ",
    "0 ",
    "\n ",
    "\n\n",
    "-a",
    "a.",
    "a-",
    "a\n",
    "a=",
    '="',
    'a="',
    "a='",
    "](",
    "[ ](",
    "{#",
    "&#",
    "&a",
  ],
  ...[
    "<!--",
    "<a ",
    "<?xml ",
    "%%%\n",
    "0.",
    "1. ",
    "https://a",
    "ab/",
    "RFC 1",
    "RFC1 [RFC ",
    "I-D.a",
    "e\u0301",
  ],
  ...["draft-a-", "MUST ", "Section ", "<!-- secretariat:", "/accept", "😀", "aaaaaaa ", "deadbee "],
];
const ENDS = ["", "\u0001"];
/** Long enough that work which grows with the square is seen, short enough that there is little of it. */
const SAMPLE = 3_000;
const WORST = 2;
/** What would run for minutes is cut off. */
const PATIENCE_MS = 5_000;

const TIMED = new Script(`
  const pattern = new RegExp(source, flags.replace(/[gy]/g, "") + "g");
  const text = ({ unit, end }, size) => unit.repeat(Math.ceil(size / unit.length)) + end;
  const time = (given) => {
    const begun = clock();
    given.replace(pattern, "");
    return clock() - begun;
  };
  const worst = texts
    .map((each) => ({ each, took: time(text(each, sample)) }))
    .sort((one, other) => other.took - one.took)
    .slice(0, count);
  Math.max(...worst.map(({ each }) => time(text(each, size))));
`);

/**
 * How long the regular expression takes for all its matches in a text of that many characters, the worst of many, in
 * milliseconds of this process's time. Infinity: it was cut off, after so many milliseconds of real time. The worst texts
 * are found on short ones.
 */
export function worstTime({ source, flags }: Literal, size: number, patience = PATIENCE_MS): number {
  const clock = () => process.cpuUsage().user / 1_000;
  const texts = UNITS.flatMap((unit) => ENDS.map((end) => ({ unit, end })));
  const context = createContext({ source, flags, size, texts, clock, sample: SAMPLE, count: WORST });
  try {
    return Number(TIMED.runInContext(context, { timeout: patience }));
  } catch (error) {
    // It is an error of the other context, and so no instance of this one's class.
    const { code } = Object(error);
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return Number.POSITIVE_INFINITY;
    throw error;
  }
}
