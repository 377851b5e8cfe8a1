/** Documents that nobody would write, made of the pieces that everybody does. */
import fc from "fast-check";

const PIECES = [
  ..."abc XYZ é 日本 😀 \u00A0 \u2028 0 1 42".split(" "),
  ..."# ## ### #### .# * - + 1. 2) > A> : ~ | --- === *** ``` ~~~ ~~~~json ` `` ** * _ __ ~~ ^ ~ $ $$ \\ \\* & &amp; &#65; &#10; &nbsp; < > <b> </b> <br> <sub> </sub> <em> <x> <!-- --> ]]> <![CDATA[ <!ENTITY <?xml ( ) [ ] { } ! !! @".split(
    " ",
  ),
  ..."MUST SHOULD NOT MAY **MUST** [@!RFC8259] [@?RFC2119] [@-RFC4122] [@X;@!Y] [RFC2119] (#a) (#abstract) (!item) (!a,b) {#a} {#a-b} {.compact}".split(
    " ",
  ),
  ..."[^1] [^1]: ^[x] [a](#a) [a](http://x.y/) ![i](http://x.y/i.png) <http://x.y> http://x.y/?a=b&c=d {mainmatter} {backmatter} {frontmatter} %%% javascript:alert(1)".split(
    " ",
  ),
  "RFC 8259",
  "- [x] ",
  "| a | b |\n|---|:-:|\n| c | d |\n",
  "Table: T {#t}",
  "Figure: F {#f}",
  "Quote: Q",
  "[MUST NOT](http://x.y/(a)b)",
  "<reference anchor='X'><front><title>T</title></front></reference>",
  "Term\n: Definition",
  "\t",
  "    ",
  "\u0001",
];

const GAPS = [" ", " ", "", "\n", "\n", "\n\n", "\n\n", "\n    ", "\n  ", "\n> ", "\n* "];

/** A document of up to 40 pieces, or of any characters at all. */
export const documents: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 40 })
      .map((pieces) => pieces.map(([piece, gap]) => piece + gap).join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }) },
);
