import { describe, expect, it } from "vitest";
import { COMMANDS, commandsAt } from "../../src/messages/commands.ts";
import { parseCommand } from "../../src/proposal/commands.ts";
import type { CommandName } from "../../src/proposal/entries.ts";
import { LIFECYCLE } from "../../src/proposal/lifecycle.ts";

describe("the list of commands", () => {
  it("has every command once", () => {
    const every: Readonly<Record<CommandName, true>> = {
      accept: true,
      return: true,
      decline: true,
      extend: true,
      withdraw: true,
      publish: true,
      restore: true,
      submit: true,
      status: true,
      help: true,
    };
    expect(COMMANDS.map(({ name }) => name)).toEqual(Object.keys(every));
  });

  it.each(COMMANDS)("$usage is read as what it says", ({ name, usage }) => {
    const command = parseCommand(usage);
    expect(command?.name).toBe(name);
    expect(command !== null && "reason" in command ? command.reason : null).toBe(
      usage.endsWith("REASON") ? "REASON" : null,
    );
  });

  it.each([
    ["declined", "decline"],
    ["returned", "return"],
    ["comment-period-opened", "accept"],
    ["withdrawn", "withdraw"],
    ["publication-requested", "publish"],
  ] as const)("offers a command for %s exactly where that can happen", (entry, name) => {
    const possible = LIFECYCLE.filter((row) => row.entry === entry).map((row) => row.from);
    const offered = COMMANDS.find((command) => command.name === name)?.stages;
    expect(offered).toEqual(possible);
  });

  it("offers nothing but questions once a proposal has ended, and a published draft to the IETF again", () => {
    expect(commandsAt("published").map(({ name }) => name)).toEqual(["submit"]);
    for (const stage of ["declined", "rejected", "withdrawn"] as const) {
      expect(commandsAt(stage)).toEqual([]);
    }
  });
});
