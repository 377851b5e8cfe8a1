/** The register as a file: read strictly, written in one way only. */
import type { z } from "zod";
import { schemaText } from "../../charter/json-schema.ts";
import { CannotUpdate, type FileUpdate, fileUpdate } from "../file-update.ts";
import {
  EMPTY_REGISTER,
  LONGEST_REGISTER,
  REGISTER_FORMAT,
  REGISTER_VERSION,
  type Register,
  registerSchema,
} from "./model.ts";

/** `null` (no file) is an empty register. Throws `CannotUpdate` on what is not a register, and says what is wrong. */
export function readRegister(content: string | null): Register {
  if (content === null) return EMPTY_REGISTER;
  if (content.length > LONGEST_REGISTER) throw notRead("it is too long");
  const value = parsed(content);
  if (!isRecord(value) || value.format !== REGISTER_FORMAT)
    throw notRead(`its \`format\` is not \`${REGISTER_FORMAT}\``);
  if (value.version !== REGISTER_VERSION)
    throw notRead(`its \`version\` is not ${REGISTER_VERSION}, and no other is known here`);
  const read = registerSchema.safeParse(value);
  if (!read.success) throw notRead(firstIssue(read.error));
  return read.data;
}

/** Keys in the schema's order, two spaces deep, a line end. Throws `CannotUpdate` where it would not be read back. */
export function writeRegister(register: Register): string {
  const checked = registerSchema.safeParse(register);
  if (!checked.success)
    throw new CannotUpdate(`The register would not be valid: ${firstIssue(checked.error)}.`);
  return `${JSON.stringify(checked.data, null, 2)}\n`;
}

/** A change of the register as a change of its file. */
export function registerUpdate(path: string, change: (register: Register) => Register): FileUpdate {
  return fileUpdate(path, (content) => writeRegister(change(readRegister(content))));
}

/** The text of `docs/register.schema.json`. */
export function registerJsonSchemaText(): string {
  return schemaText(registerSchema);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // V8's message quotes the file; where it breaks off is for whoever opens it in an editor.
    throw notRead("it is not JSON");
  }
}

function notRead(because: string): CannotUpdate {
  return new CannotUpdate(`The register cannot be read: ${because}. It is left as it is.`);
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "it does not follow its schema";
  const steps = issue.path.map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${String(step)}`));
  const place = steps.join("").replace(/^\./, "").slice(0, 100);
  return `\`${place}\` is wrong (${issue.message.replace(/[\p{Cc}`]/gu, " ").slice(0, 150)})`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
