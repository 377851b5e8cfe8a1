import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_REASON, parseCommand } from "../../src/proposal/commands.ts";
import { DAY, seconds } from "../../src/proposal/instant.ts";

const FORTNIGHT = seconds(14 * DAY);

describe("parseCommand", () => {
  it.each(["accept", "publish", "status", "help"])(
    "reads /%s in any letter case, alone or in a sentence",
    (name) => {
      for (const body of [
        `/${name}`,
        `/${name.toUpperCase()} `,
        `/${name}.`,
        `/${name}, please`,
        `Dear all,\r\n/${name}\r\nthank you`,
      ]) {
        expect(parseCommand(body)).toEqual({ name });
      }
    },
  );

  it.each(["return", "decline", "withdraw"])("reads /%s with its reason, and without", (name) => {
    expect(parseCommand(`/${name} No examples are given.`)).toEqual({
      name,
      reason: "No examples are given.",
    });
    expect(parseCommand(`/${name}: no examples`)).toEqual({ name, reason: "no examples" });
    expect(parseCommand(`/${name} — no examples`)).toEqual({ name, reason: "no examples" });
    expect(parseCommand(`/${name}`)).toEqual({ name, reason: null });
    expect(parseCommand(`/${name} …`)).toEqual({ name, reason: null });
    expect(parseCommand(`/${name}\n\n<!-- why? -->\n`)).toEqual({ name, reason: null });
  });

  it.each([
    ["/extend 14 days More feedback is on its way", FORTNIGHT, "More feedback is on its way"],
    ["/extend 14 days: holidays", FORTNIGHT, "holidays"],
    ["/extend 2 weeks", FORTNIGHT, null],
    ["/Extend by 2 Weeks, holidays", FORTNIGHT, "holidays"],
    ["/extend 14 days\nHolidays.", FORTNIGHT, "Holidays."],
    ["/extend holidays", null, "holidays"],
    ["/extend 14", null, "14"],
    ["/extend 0 days holidays", null, "0 days holidays"],
    ["/extend 14 dayss holidays", null, "14 dayss holidays"],
    ["/extend -14 days holidays", null, "-14 days holidays"],
    ["/extend", null, null],
  ])("reads %j", (body, span, reason) => {
    expect(parseCommand(body)).toEqual({ name: "extend", span, reason });
  });

  it.each([
    ["no command", "I accept this."],
    ["in the middle of a line", "I would /accept this."],
    ["another word", "/accepted /accepts"],
    ["another word with a hyphen", "/accept-all"],
    ["a path", "/accept/this and /status.md"],
    ["a file", "/help.html"],
    ["an unknown command", "/approve"],
    ["a name with a space", "/ accept"],
    ["fenced code", "```\n/accept\n```"],
    ["a fence that is never closed", "~~~\n/accept"],
    ["indented code", "Text\n\n    /accept"],
    ["a code span", "`/accept`"],
    ["a code span over two lines", "type `one\n/accept` here"],
    ["a quote", "> /accept"],
    ["a quote's lazy line", "> text\n/accept"],
    ["a quote in a quote", "> > /accept"],
    ["a list item", "- /accept"],
    ["a list item's second line", "- text\n  /accept"],
    ["a numbered list item", "1. /accept"],
    ["a task", "- [ ] /accept"],
    ["a table", "| a |\n|---|\n| x |\n/accept | y"],
    ["a heading", "# /accept"],
    ["an HTML comment", "<!--\n/accept\n-->"],
    ["an HTML comment in a paragraph", "text <!-- a\n/accept --> text"],
    ["an HTML block", "<details>\n/accept\n</details>"],
    ["a link's text", "[see\n/accept](https://example.org)"],
    ["a link's text, in the middle", "[see\n/accept this](https://example.org)"],
    ["bold text", "**/accept**"],
    ["escaped", "\\/accept"],
    ["a character reference", "&#47;accept"],
    ["nothing", ""],
  ])("finds none: %s", (_, body) => {
    expect(parseCommand(body)).toBeNull();
  });

  it("takes the first command of a comment, and its reason ends where the next begins", () => {
    expect(parseCommand("`/help`\n> /publish\n\n/return Too short.\n/accept")).toEqual({
      name: "return",
      reason: "Too short.",
    });
  });

  it("takes a reason to the end of the comment, lists and code too, but not what is quoted below", () => {
    const body =
      "Thank you.\n\n/return Please add\r\n\r\n- examples  \n- `/accept` in code\n\n```\n/x\n```\n\n> You wrote\n> this\n\nBest";
    expect(parseCommand(body)).toEqual({
      name: "return",
      reason: "Please add\n\n- examples\n- `/accept` in code\n\n```\n/x\n```",
    });
  });

  it("looks past a heading and a quote to the command below", () => {
    expect(parseCommand("# /accept\n\n/help")).toEqual({ name: "help" });
    expect(parseCommand("> You wrote this\n\n/return One.\nTwo.")).toEqual({
      name: "return",
      reason: "One.\nTwo.",
    });
  });

  it("takes a command above an e-mail's signature", () => {
    expect(parseCommand("/accept\n-- \nA. Chair")).toEqual({ name: "accept" });
  });

  it("bounds a reason and cuts no character in half", () => {
    const command = parseCommand(`/decline a${"😀".repeat(2_000)}`);
    expect(command).toEqual({ name: "decline", reason: `a${"😀".repeat(LONGEST_REASON - 2)}…` });
    const whole = "a".repeat(LONGEST_REASON);
    expect(parseCommand(`/decline ${whole}`)).toEqual({ name: "decline", reason: whole });
  });

  it("reads any comment, and no reason is blank, long, or has carriage returns", () => {
    const part = fc.constantFrom(
      "/return ",
      "/extend 2 days ",
      "/accept",
      "\n",
      "\r\n",
      " ",
      "`",
      ">",
      "x",
      "- ",
      "<!--",
      "-->",
      "```\n",
      "[",
      "](",
      "\uD800",
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
        (body) => {
          const command = parseCommand(body);
          if (command === null || !("reason" in command) || command.reason === null) return;
          expect(command.reason.trim()).toBe(command.reason);
          expect(command.reason).not.toMatch(/^$|\r/);
          expect(command.reason.isWellFormed()).toBe(true);
          expect([...command.reason].length).toBeLessThanOrEqual(LONGEST_REASON);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    "/return ",
    "/return\n",
    "/accept\n",
    ">/accept\n",
    "   /help ",
    "`/help\n",
    "/extend by ",
    "/return <!--",
    " ",
    "/return  x ",
  ])("takes no time on 64 KiB of %j", (part) => {
    const started = performance.now();
    parseCommand(`/return ${part.repeat(65_536 / part.length)}`);
    parseCommand(part.repeat(65_536 / part.length));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
