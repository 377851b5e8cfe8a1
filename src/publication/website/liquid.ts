/**
 * Templates in Liquid, under limits: no files, no clock, a few filters, bounded time, memory and output. Whatever a
 * template does with a value, it comes out as text (see `text.ts`).
 */
import { Context, Liquid, type Template, toValueSync } from "liquidjs";
import type { TemplateName } from "../../charter/charter.ts";
import { instant } from "../../proposal/instant.ts";
import { CannotUpdate } from "../file-update.ts";
import { linkTarget, Markup, markdownText, yamlText } from "./text.ts";

const LONGEST_TEMPLATE = 65_536;
const LONGEST_OUTPUT = 262_144;
const MOST_MILLISECONDS = 1_000;
/** In liquidjs's own count: characters made by filters, and items of ranges and lists. */
const MOST_MEMORY = 2_000_000;

const TAGS = ["assign", "break", "capture", "case", "comment", "continue", "for", "if", "raw", "unless", "#"];
const FILTERS = [
  "append",
  "capitalize",
  "default",
  "downcase",
  "first",
  "join",
  "last",
  "plus",
  "prepend",
  "size",
  "slice",
  "strip",
  "truncate",
  "upcase",
];

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** The text that a template makes of values. Throws `CannotUpdate`, with a sentence, where it makes none. */
export function render(
  name: TemplateName,
  template: string,
  values: Readonly<Record<string, unknown>>,
): string {
  if (template.length > LONGEST_TEMPLATE)
    throw new CannotUpdate(`The template \`${name}\` is longer than ${LONGEST_TEMPLATE / 1024} KiB.`);
  try {
    return rendered(template, values);
  } catch (error) {
    throw new CannotUpdate(`The template \`${name}\` cannot be used: ${reasonOf(error)}.`);
  }
}

function rendered(template: string, values: Readonly<Record<string, unknown>>): string {
  const liquid = engine();
  const parsed: Template[] = liquid.parse(template.replace(/\r\n?/g, "\n"));
  const context = new Context(values, liquid.options, { sync: true }, { liquid });
  const output = new BoundedOutput();
  toValueSync(liquid.renderer.renderTemplates(parsed, context, output));
  return output.buffer;
}

class BoundedOutput {
  buffer = "";

  write(html: unknown): void {
    const text = html === null || html === undefined ? "" : String(html);
    if (this.buffer.length + text.length > LONGEST_OUTPUT)
      throw new RangeError(`it writes more than ${LONGEST_OUTPUT / 1024} KiB`);
    this.buffer += text;
  }
}

function engine(): Liquid {
  const liquid = new Liquid({
    // Nothing to include, and no file system to look in.
    templates: {},
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    parseLimit: LONGEST_TEMPLATE,
    renderLimit: MOST_MILLISECONDS,
    memoryLimit: MOST_MEMORY,
    outputEscape: shown,
  });
  for (const tag of Object.keys(liquid.tags)) if (!TAGS.includes(tag)) delete liquid.tags[tag];
  for (const filter of Object.keys(liquid.filters))
    if (!FILTERS.includes(filter)) liquid.unregisterFilter(filter);
  liquid.registerFilter("url", (value) => new Markup(linkTarget(textOf(value))));
  liquid.registerFilter("yaml", (value) => new Markup(yamlText(textOf(value))));
  liquid.registerFilter("date", (value, format) => dateText(textOf(value), textOf(format)));
  return liquid;
}

function shown(value: unknown): string {
  return value instanceof Markup ? value.text : markdownText(textOf(value));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  throw new RangeError("a list or a group is shown where a text belongs");
}

/** `%Y`, `%m`, `%d`, `%-d`, `%B`, `%b`, `%H`, `%M`, `%S` of a moment in UTC. */
function dateText(moment: string, format: string): string {
  if (moment === "") return "";
  const [year = "", month = "", day = "", hour = "", minute = "", second = ""] =
    instant(moment).match(/[0-9]+/g) ?? [];
  const name = MONTHS[Number(month) - 1] ?? "";
  const parts: Readonly<Record<string, string>> = {
    "%Y": year,
    "%m": month,
    "%d": day,
    "%-d": String(Number(day)),
    "%B": name,
    "%b": name.slice(0, 3),
    "%H": hour,
    "%M": minute,
    "%S": second,
  };
  return format.replace(/%-?[A-Za-z]/g, (part) => parts[part] ?? part);
}

/** liquidjs says where, in lines and columns of the template, and what. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/[\p{Cc}`]/gu, " ").trim();
  return line.slice(0, 200).replace(/\.$/, "") || "it fails";
}
