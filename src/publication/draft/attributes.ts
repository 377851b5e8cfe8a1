/** `{#anchor .class key="value"}`: what mmark lets an author say about a block. */

export type Attributes = {
  readonly anchor: string | null;
  readonly classes: readonly string[];
  readonly values: ReadonlyMap<string, string>;
};

export const NO_ATTRIBUTES: Attributes = { anchor: null, classes: [], values: new Map() };

/** The attributes in a text without its braces; what is none of the three forms is passed over. */
export function readAttributes(inside: string): Attributes {
  let anchor: string | null = null;
  const classes: string[] = [];
  const values = new Map<string, string>();
  for (const [part] of inside.slice(0, 500).matchAll(/[#.][^\s"']+|[A-Za-z-]+="[^"]*"|[A-Za-z-]+='[^']*'/g)) {
    if (part.startsWith("#")) anchor = part.slice(1);
    else if (part.startsWith(".")) classes.push(part.slice(1));
    else {
      const equals = part.indexOf("=");
      values.set(part.slice(0, equals).toLowerCase(), part.slice(equals + 2, -1));
    }
  }
  return { anchor, classes, values };
}
