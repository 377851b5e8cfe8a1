/** The requirements language: the paragraph that BCP 14 wants of a text that uses its key words. */
import { hasCapitals, splitCapitals } from "./capitals.ts";
import type { Block, Draft, Inline } from "./model.ts";
import { allBlocks, allInlines, plainText } from "./walk.ts";

/** RFC 8174, section 2, word for word. */
const WORDS =
  'The key words "MUST", "MUST NOT", "REQUIRED", "SHALL", "SHALL NOT", "SHOULD", "SHOULD NOT", "RECOMMENDED", ' +
  '"NOT RECOMMENDED", "MAY", and "OPTIONAL" in this document are to be interpreted as described in BCP 14 ';
const END = " when, and only when, they appear in all capitals, as shown here.";

/** Key words are used, and nothing yet says what they mean. */
export function usesKeyWords(draft: Draft): boolean {
  const said = allBlocks(draft).some(
    (block) => block.kind === "paragraph" && isRequirementsLanguage(plainText(block.content)),
  );
  return (
    !said &&
    allInlines(draft).some(
      (inline) => inline.kind === "bcp14" || (inline.kind === "text" && hasCapitals(inline.text)),
    )
  );
}

function isRequirementsLanguage(text: string): boolean {
  const line = text.replace(/\s+/g, " ");
  return line.includes("key words") && line.includes("to be interpreted as described in");
}

export function requirementsLanguage(): readonly Block[] {
  const content: readonly Inline[] = [
    ...splitCapitals(WORDS),
    citation("RFC2119"),
    { kind: "text", text: " " },
    citation("RFC8174"),
    { kind: "text", text: END },
  ];
  return [{ kind: "paragraph", line: 0, anchor: null, content }];
}

function citation(target: string): Inline {
  return { kind: "citation", line: 0, target, use: "normative", hidden: false, section: null };
}
