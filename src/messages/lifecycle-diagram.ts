/** The life of a proposal as a Mermaid state diagram, drawn from the table that the App itself goes by. */
import { BEFORE_APPROVAL, isEnded, LIFECYCLE, type Transition } from "../proposal/lifecycle.ts";

export function lifecycleDiagram(): string {
  const drawn = LIFECYCLE.filter((row) => row.entry !== "withdrawn").map(arrow);
  const ends = [...new Set(LIFECYCLE.map((row) => row.to))]
    .filter(isEnded)
    .map((stage) => `  ${stage} --> [*]`);
  const withdrawal = `  note right of withdrawn: before approval (${BEFORE_APPROVAL.join(", ")}),\\nby the author or a chair`;
  const submission =
    "  note right of published: then its draft goes to the IETF,\\nif the charter names who submits it";
  return ["```mermaid", "stateDiagram-v2", ...drawn, ...ends, withdrawal, submission, "```"].join("\n");
}

function arrow({ from, to, when }: Transition): string {
  return `  ${from === "new" ? "[*]" : from} --> ${to}: ${when}`;
}
