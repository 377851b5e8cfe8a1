/** The IETF's bibliography in a box: references that the samples cite, made from a table, on 127.0.0.1. */
import type http from "node:http";
import { create } from "xmlbuilder2";
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

type Known = {
  readonly title: string;
  readonly authors: readonly string[];
  readonly month: string;
  readonly year: number;
  /** Series other than RFC, such as `BCP 14`. */
  readonly also?: string;
};

const RFCS: Readonly<Record<number, Known>> = {
  20: {
    title: "ASCII format for network interchange",
    authors: ["V.G. Cerf"],
    month: "October",
    year: 1969,
    also: "STD 80",
  },
  2119: {
    title: "Key words for use in RFCs to Indicate Requirement Levels",
    authors: ["S. Bradner"],
    month: "March",
    year: 1997,
    also: "BCP 14",
  },
  3339: {
    title: "Date and Time on the Internet: Timestamps",
    authors: ["G. Klyne", "C. Newman"],
    month: "July",
    year: 2002,
  },
  3552: {
    title: "Guidelines for Writing RFC Text on Security Considerations",
    authors: ["E. Rescorla", "B. Korver"],
    month: "July",
    year: 2003,
    also: "BCP 72",
  },
  3986: {
    title: "Uniform Resource Identifier (URI): Generic Syntax",
    authors: ["T. Berners-Lee", "R. Fielding", "L. Masinter"],
    month: "January",
    year: 2005,
    also: "STD 66",
  },
  4122: {
    title: "A Universally Unique IDentifier (UUID) URN Namespace",
    authors: ["P. Leach", "M. Mealling", "R. Salz"],
    month: "July",
    year: 2005,
  },
  4880: {
    title: "OpenPGP Message Format",
    authors: ["J. Callas", "L. Donnerhacke", "H. Finney", "D. Shaw", "R. Thayer"],
    month: "November",
    year: 2007,
  },
  5424: { title: "The Syslog Protocol", authors: ["R. Gerhards"], month: "March", year: 2009 },
  6901: {
    title: "JavaScript Object Notation (JSON) Pointer",
    authors: ["P. Bryan", "K. Zyp", "M. Nottingham"],
    month: "April",
    year: 2013,
  },
  7159: {
    title: "The JavaScript Object Notation (JSON) Data Interchange Format",
    authors: ["T. Bray"],
    month: "March",
    year: 2014,
  },
  8126: {
    title: "Guidelines for Writing an IANA Considerations Section in RFCs",
    authors: ["M. Cotton", "B. Leiba", "T. Narten"],
    month: "June",
    year: 2017,
    also: "BCP 26",
  },
  8174: {
    title: "Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words",
    authors: ["B. Leiba"],
    month: "May",
    year: 2017,
    also: "BCP 14",
  },
  8259: {
    title: "The JavaScript Object Notation (JSON) Data Interchange Format",
    authors: ["T. Bray"],
    month: "December",
    year: 2017,
    also: "STD 90",
  },
  8446: {
    title: "The Transport Layer Security (TLS) Protocol Version 1.3",
    authors: ["E. Rescorla"],
    month: "August",
    year: 2018,
  },
  9110: {
    title: "HTTP Semantics",
    authors: ["R. Fielding", "M. Nottingham", "J. Reschke"],
    month: "June",
    year: 2022,
    also: "STD 97",
  },
  9562: {
    title: "Universally Unique IDentifiers (UUIDs)",
    authors: ["K. Davis", "B. Peabody", "P. Leach"],
    month: "May",
    year: 2024,
  },
};

const SERIES: Readonly<Record<string, readonly number[]>> = {
  "BCP 14": [2119, 8174],
  "STD 90": [8259],
};

const DRAFTS: Readonly<Record<string, Known & { readonly revision: string }>> = {
  "dulaunoy-misp-core-format": {
    title: "MISP core format",
    authors: ["A. Dulaunoy", "A. Iklody"],
    month: "February",
    year: 2026,
    revision: "20",
  },
  "dulaunoy-misp-taxonomy-format": {
    title: "MISP taxonomy format",
    authors: ["A. Dulaunoy", "A. Iklody"],
    month: "February",
    year: 2026,
    revision: "11",
  },
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
  const xml = (text: string | null) => {
    if (text === null) response.writeHead(404).end("Not found");
    else response.writeHead(200, { "content-type": "application/xml; charset=utf-8" }).end(text);
  };
  switch (mishap) {
    case "none":
      return xml(referenceAt(path));
    case "down":
      return void response.writeHead(502).end("Bad gateway");
    case "slow":
      // Headers at once, and then nothing: the worst way to be slow.
      return void response.writeHead(200, { "content-type": "application/xml" }).write("<reference");
    case "not xml":
      return xml("<!DOCTYPE html><title>Maintenance</title>");
    case "bomb":
      return xml(BOMB);
    case "huge":
      return flood(response);
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
  response.writeHead(200, { "content-type": "application/xml" });
  const on = () => {
    while (!response.destroyed && response.write(much));
  };
  response.on("drain", on);
  on();
}

/** The reference that the bibliography keeps at a path; null: none. */
export function referenceAt(path: string): string | null {
  const rfc = RFC_PATH.exec(path)?.[1];
  if (rfc !== undefined) return ofRfc(Number(rfc));
  const [, series, number] = SERIES_PATH.exec(path) ?? [];
  if (series !== undefined) return ofSeries(`${series} ${Number(number)}`);
  const draft = DRAFT_PATH.exec(path)?.[1];
  return draft === undefined ? null : ofDraft(draft);
}

function ofRfc(number: number): string | null {
  const known = RFCS[number];
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
  const members = SERIES[name];
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
  const known = DRAFTS[name.replace(/^draft-/, "")];
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

function frontOf({ title, authors, month, year }: Known): object {
  const author = authors.map((fullname) => {
    const [initials = "", ...surname] = fullname.split(" ");
    return { "@fullname": fullname, "@initials": initials, "@surname": surname.join(" "), organization: "" };
  });
  return { front: { title, author, date: { "@month": month, "@year": String(year) } } };
}
