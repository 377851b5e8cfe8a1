/** The charter's shape for editors: completion, descriptions and warnings while a chair writes. */
import { z } from "zod";
import { charterFile } from "./schema.ts";

/** A JSON Schema (draft 2020-12) of `.github/committee.yml`. Rules between values are checked by the App only. */
export function charterJsonSchema(): object {
  return z.toJSONSchema(charterFile, { io: "input", target: "draft-2020-12" });
}

/** The text of `docs/committee.schema.json`. */
export function charterJsonSchemaText(): string {
  return `${JSON.stringify(charterJsonSchema(), null, 2)}\n`;
}
