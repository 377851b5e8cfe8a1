/** The charter's shape for editors: completion, descriptions and warnings while a chair writes. */
import { z } from "zod";
import { charterFile } from "./schema.ts";

/** A JSON Schema (draft 2020-12) of `.github/committee.yml`. Rules between values are checked by the App only. */
export function charterJsonSchema(): object {
  return z.toJSONSchema(charterFile, { io: "input", target: "draft-2020-12" });
}

/** The text of `docs/committee.schema.json`. */
export function charterJsonSchemaText(): string {
  return schemaText(charterFile);
}

/** The project's formatter keeps a list on one line where the line is no longer than this. In characters. */
const LINE_WIDTH = 110;

/** A JSON Schema (draft 2020-12) of what may be written, laid out as the project's formatter does it. */
export function schemaText(schema: z.ZodType): string {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }), null, 2);
  return `${text.replace(/^(.*)(\[\n[^[\]{}]*\])(,?)$/gm, shortened)}\n`;
}

function shortened(whole: string, before: string, list: string, comma: string): string {
  const items = list.slice(1, -1).split("\n");
  const line = items.map((item) => item.trim()).filter((item) => item !== "");
  const short = `${before}[${line.join(" ")}]${comma}`;
  return short.length <= LINE_WIDTH ? short : whole;
}
