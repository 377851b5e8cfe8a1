/** The charter's shape for editors: completion, descriptions and warnings while a chair writes. */
import { z } from "zod";
import { charterFile } from "./schema.ts";

/** A JSON Schema (draft 2020-12) of `.github/committee.yml`. Rules between values are checked by the App only. */
export function charterJsonSchema(): object {
  return z.toJSONSchema(charterFile, { io: "input", target: "draft-2020-12" });
}

/** The text of `docs/committee.schema.json`, laid out as the project's formatter does it: short lists on one line. */
export function charterJsonSchemaText(): string {
  const text = JSON.stringify(charterJsonSchema(), null, 2);
  return `${text.replace(/\[\n[^[\]{}]*\]/g, onOneLine)}\n`;
}

function onOneLine(list: string): string {
  const items = list.slice(1, -1).split("\n");
  const line = items.map((item) => item.trim()).filter((item) => item !== "");
  return `[${line.join(" ")}]`;
}
