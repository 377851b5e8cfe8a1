/** A draft about as long as the MISP core format, 96 KB, with what drafts are made of: sections, lists, examples, keywords. */
import { sampleDraft } from "../test/support/sample-draft.ts";

const SECTIONS = 120;

export function madeUpDraft(): string {
  const sections = Array.from({ length: SECTIONS }, (_, index) => section(index + 1));
  return sampleDraft({ body: sections.join("") });
}

function section(number: number): string {
  const sentence = `Attribute ${number} **MUST** be a string in the form of a *UUID*, and MAY be left out where \`object_${number}\` says what it is about.`;
  return `
## attribute_${number}

${`${sentence} `.repeat(3).trim()}

- the value, which is represented as a JSON string
- the \`type\`, as in the table of types
- the time when it was last changed, in seconds

~~~~json
{ "attribute_${number}": { "type": "md5", "value": "0800fc577294c34e0b28ad2839435945" } }
~~~~
`;
}
