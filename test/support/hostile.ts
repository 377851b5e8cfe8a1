/** Text that tries everything a title, a reason or a name could try. */
import type { Message } from "../../src/proposal/desired-state.ts";

export const HOSTILE = [
  "</details> --> <!-- secretariat:ballot --> @everyone @MISP/chairs `@alice` &#64;bob",
  "## A heading",
  "fixes #1, closes MISP/misp-rfc#2 GH-3 https://github.com/MISP/misp-rfc/issues/4",
  "| a | b | [x](javascript:alert(1)) ![y](https://evil.example/z.png) <img src=x onerror=alert(1)>",
  "\u202Egnp.exe\u202C ``` *bold* __bold__ ~~gone~~ [ ] - [x] done :tada: $$x$$",
].join("\n");

/** Fields of a message that other people write. */
const UNTRUSTED = new Set([
  "title",
  "reason",
  "because",
  "organization",
  "sector",
  "message",
  "instead",
  "path",
  "aliases",
  "login",
  "error",
  "messages",
]);

/** The same message with `text` wherever other people's words stand. */
export function withEverywhere<T extends object = Message>(message: T, text: string): T {
  return replaced(message, text) as T;
}

function replaced(value: unknown, text: string, field = ""): unknown {
  if (typeof value === "string") return UNTRUSTED.has(field) ? text : value;
  if (Array.isArray(value)) return value.map((each) => replaced(each, text, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, text, key)]));
}
