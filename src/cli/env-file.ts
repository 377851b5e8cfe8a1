/** Writes settings into an `.env` file and leaves the rest of it as it is. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";

export type Settings = Readonly<Record<string, string>>;

/** The file with the settings put in: in the place of a line that sets the same name, else at the end. */
export function withSettings(text: string, settings: Settings): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  for (const [name, value] of Object.entries(settings)) {
    const line = `${name}=${quoted(value)}`;
    const at = lines.findIndex((old) => old.trimStart().startsWith(`${name}=`));
    if (at === -1) lines.push(line);
    else lines[at] = line;
  }
  return `${lines.join("\n")}\n`;
}

/** Writes the settings; the file can be read by its owner only, for it holds the App's key. */
export function writeSettings(path: string, settings: Settings): void {
  writeFileSync(path, withSettings(readIfThere(path), settings), { mode: 0o600 });
  chmodSync(path, 0o600);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

/** Node's own reader turns `\n` inside double quotes back into line breaks, and knows no escape for a quote. */
function quoted(value: string): string {
  const text = value.replaceAll("\r\n", "\n").trim();
  if (/["\r\0]/.test(text)) throw new RangeError("A setting with a quotation mark cannot be kept in .env");
  return `"${text.replaceAll("\n", "\\n")}"`;
}
