/** What authors write: enough for the charter's defaults, or not quite. */
import type { Random } from "./random.ts";
import type { Draft } from "./world.ts";

const WORDS =
  "sighting format instance community timestamp source attribute event object galaxy taxonomy relation sharing group level".split(
    " ",
  );

function prose(random: Random, count: number): string {
  return `${Array.from({ length: count }, () => random.pick(WORDS)).join(" ")}.`;
}

export function newDraft(random: Random, number: number, isComplete: boolean): Draft {
  const kind = random.chance(0.8) ? "new" : "update";
  const shortName = `${random.pick(WORDS)}-${number}`;
  return withBody(random, { title: `Proposal ${number}: ${prose(random, 3)}`, kind, shortName }, isComplete);
}

/** The same proposal in other words. */
export function revised(random: Random, before: Draft, isComplete: boolean): Draft {
  return withBody(random, before, isComplete);
}

function withBody(
  random: Random,
  { title, kind, shortName }: Pick<Draft, "title" | "kind" | "shortName">,
  isComplete: boolean,
): Draft {
  const specification = `# Format\n\n${prose(random, 24)}\n\nInstances MUST ${prose(random, 8)}\n`;
  const objectives = `### Objectives\n\n${prose(random, isComplete ? 14 : 4)}\n`;
  const body = [
    `### Kind of proposal\n\n${kind === "new" ? "New standard" : "Update of a standard"}\n`,
    `### Short name\n\n${shortName}\n`,
    `### Description\n\n${prose(random, 24)}\n`,
    ...(isComplete || random.chance(0.5) ? [objectives] : []),
    `### Technical specification\n\n${specification}`,
  ].join("\n");
  return { title, body, shortName, kind, specification, isComplete };
}
