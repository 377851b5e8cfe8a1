/** The IETF's bibliography in a box: references that the samples cite, made from a table, on 127.0.0.1. */
import type http from "node:http";
import { create } from "xmlbuilder2";
import { DRAFTS, type Known, RFCS, SERIES } from "./bibliography-table.ts";
import { type Listening, listenLocally } from "./listening.ts";

/** What goes wrong until it is told otherwise. */
export type BibliographyMishap = "none" | "down" | "slow" | "not xml" | "bomb" | "huge";

export type SandboxBibliography = {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  misbehave(how: BibliographyMishap): void;
  close(): Promise<void>;
};

const RFC_PATH = /^\/public\/rfc\/bibxml\/reference\.RFC\.([0-9]{4,5})\.xml$/;
const SERIES_PATH = /^\/public\/rfc\/bibxml9\/reference\.(BCP|STD|FYI)\.([0-9]{4})\.xml$/;
const DRAFT_PATH = /^\/public\/rfc\/bibxml-ids\/reference\.I-D\.([A-Za-z0-9-]{1,150})\.xml$/;

/** Starts it. Close it, or the process stays. */
export async function startBibliography(): Promise<SandboxBibliography> {
  const asked: string[] = [];
  let mishap: BibliographyMishap = "none";
  const listening: Listening = await listenLocally((request, response) => {
    const path = new URL(request.url ?? "/", "http://sandbox").pathname;
    asked.push(path);
    answer(response, path, mishap);
  });
  return {
    url: listening.url,
    asked,
    misbehave(how) {
      mishap = how;
    },
    close: listening.close,
  };
}

function answer(response: http.ServerResponse, path: string, mishap: BibliographyMishap): void {
  const xml = { "content-type": "application/xml; charset=utf-8" };
  switch (mishap) {
    case "none": {
      const reference = referenceAt(path);
      if (reference === null) response.writeHead(404).end("Not found");
      else response.writeHead(200, xml).end(reference);
      break;
    }
    case "down":
      response.writeHead(502).end("Bad gateway");
      break;
    case "slow":
      // Something at once, and then nothing: the worst way to be slow.
      response.writeHead(200, xml).write("<reference");
      break;
    case "not xml":
      response.writeHead(200, xml).end("<!DOCTYPE html><title>Maintenance</title>");
      break;
    case "bomb":
      response.writeHead(200, xml).end(BOMB);
      break;
    case "huge":
      response.writeHead(200, xml);
      flood(response);
      break;
  }
}

/** Each entity is ten of the one before: a gigabyte, if anybody expanded it. */
const BOMB = `<?xml version="1.0"?>
<!DOCTYPE reference [<!ENTITY e0 "ten letter">${Array.from(
  { length: 8 },
  (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
).join("")}]>
<reference anchor="RFC2119"><front><title>&e8;</title><author fullname="X"/></front></reference>`;

/** Sends until the other side has had enough. */
function flood(response: http.ServerResponse): void {
  const much = `<!-- ${"x".repeat(64 * 1024)} -->`;
  const on = () => {
    while (!response.destroyed && response.write(much));
  };
  response.on("drain", on);
  on();
}

/** The reference that the bibliography keeps at a path; null: none. */
function referenceAt(path: string): string | null {
  const rfc = RFC_PATH.exec(path)?.[1];
  if (rfc !== undefined) return ofRfc(Number(rfc));
  const [, series, number] = SERIES_PATH.exec(path) ?? [];
  if (series !== undefined) return ofSeries(`${series} ${Number(number)}`);
  const draft = DRAFT_PATH.exec(path)?.[1];
  return draft === undefined ? null : ofDraft(draft);
}

function ofRfc(number: number): string | null {
  const known = RFCS.get(number);
  if (known === undefined) return null;
  const [series, position] = known.also?.split(" ") ?? [];
  return create(
    { version: "1.0", encoding: "UTF-8" },
    {
      reference: {
        "@anchor": `RFC${number}`,
        "@target": `https://www.rfc-editor.org/info/rfc${number}`,
        ...frontOf(known),
        seriesInfo: [
          ...(series === undefined ? [] : [{ "@name": series, "@value": position }]),
          { "@name": "RFC", "@value": String(number) },
          { "@name": "DOI", "@value": `10.17487/RFC${String(number).padStart(4, "0")}` },
        ],
      },
    },
  ).end();
}

function ofSeries(name: string): string | null {
  const members = SERIES.get(name);
  if (members === undefined) return null;
  const anchor = name.replace(" ", "");
  const group = create({ version: "1.0", encoding: "UTF-8" }).ele("referencegroup", {
    anchor,
    target: `https://www.rfc-editor.org/info/${anchor.toLowerCase()}`,
  });
  for (const member of members) group.import(create(ofRfc(member) ?? "<reference/>").root());
  return group.end();
}

function ofDraft(name: string): string | null {
  const known = DRAFTS.get(name.replace(/^draft-/, ""));
  if (known === undefined) return null;
  const bare = name.replace(/^draft-/, "");
  return create(
    { version: "1.0", encoding: "UTF-8" },
    {
      reference: {
        "@anchor": `I-D.${bare}`,
        "@target": `https://datatracker.ietf.org/doc/html/draft-${bare}-${known.revision}`,
        ...frontOf(known),
        seriesInfo: [{ "@name": "Internet-Draft", "@value": `draft-${bare}-${known.revision}` }],
      },
    },
  ).end();
}

function frontOf({ title, authors, date }: Known): object {
  const author = authors.split(", ").map((fullname) => {
    const [initials = "", ...surname] = fullname.split(" ");
    return { "@fullname": fullname, "@initials": initials, "@surname": surname.join(" "), organization: "" };
  });
  const [month, year] = date.split(" ");
  return { front: { title, author, date: { "@month": month, "@year": year } } };
}
