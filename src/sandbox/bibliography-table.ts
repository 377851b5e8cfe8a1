/** What the sandbox's bibliography knows: enough for the samples, as a library's catalogue would say it. */

export type Known = {
  readonly title: string;
  /** Initials and surname, with commas between people. */
  readonly authors: string;
  /** Month and year. */
  readonly date: string;
  /** Another series that an RFC is in. */
  readonly also: string | null;
};

const row = (title: string, authors: string, date: string, also: string | null = null): Known => ({
  title,
  authors,
  date,
  also,
});

export const RFCS: ReadonlyMap<number, Known> = new Map([
  [20, row("ASCII format for network interchange", "V.G. Cerf", "October 1969", "STD 80")],
  [
    2119,
    row("Key words for use in RFCs to Indicate Requirement Levels", "S. Bradner", "March 1997", "BCP 14"),
  ],
  [3339, row("Date and Time on the Internet: Timestamps", "G. Klyne, C. Newman", "July 2002")],
  [
    3552,
    row(
      "Guidelines for Writing RFC Text on Security Considerations",
      "E. Rescorla, B. Korver",
      "July 2003",
      "BCP 72",
    ),
  ],
  [
    3986,
    row(
      "Uniform Resource Identifier (URI): Generic Syntax",
      "T. Berners-Lee, R. Fielding, L. Masinter",
      "January 2005",
      "STD 66",
    ),
  ],
  [
    4122,
    row(
      "A Universally Unique IDentifier (UUID) URN Namespace",
      "P. Leach, M. Mealling, R. Salz",
      "July 2005",
    ),
  ],
  [
    4880,
    row(
      "OpenPGP Message Format",
      "J. Callas, L. Donnerhacke, H. Finney, D. Shaw, R. Thayer",
      "November 2007",
    ),
  ],
  [5424, row("The Syslog Protocol", "R. Gerhards", "March 2009")],
  [6901, row("JavaScript Object Notation (JSON) Pointer", "P. Bryan, K. Zyp, M. Nottingham", "April 2013")],
  [7159, row("The JavaScript Object Notation (JSON) Data Interchange Format", "T. Bray", "March 2014")],
  [
    8126,
    row(
      "Guidelines for Writing an IANA Considerations Section in RFCs",
      "M. Cotton, B. Leiba, T. Narten",
      "June 2017",
      "BCP 26",
    ),
  ],
  [8174, row("Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words", "B. Leiba", "May 2017", "BCP 14")],
  [
    8259,
    row(
      "The JavaScript Object Notation (JSON) Data Interchange Format",
      "T. Bray",
      "December 2017",
      "STD 90",
    ),
  ],
  [8446, row("The Transport Layer Security (TLS) Protocol Version 1.3", "E. Rescorla", "August 2018")],
  [9110, row("HTTP Semantics", "R. Fielding, M. Nottingham, J. Reschke", "June 2022", "STD 97")],
  [9562, row("Universally Unique IDentifiers (UUIDs)", "K. Davis, B. Peabody, P. Leach", "May 2024")],
]);

/** The RFCs in a series of their own. */
export const SERIES: ReadonlyMap<string, readonly number[]> = new Map([
  ["BCP 14", [2119, 8174]],
  ["STD 90", [8259]],
]);

/** Drafts without their prefix, with the revision that is the newest. */
export const DRAFTS: ReadonlyMap<string, Known & { readonly revision: string }> = new Map([
  [
    "dulaunoy-misp-core-format",
    { ...row("MISP core format", "A. Dulaunoy, A. Iklody", "February 2026"), revision: "20" },
  ],
  [
    "dulaunoy-misp-taxonomy-format",
    { ...row("MISP taxonomy format", "A. Dulaunoy, A. Iklody", "February 2026"), revision: "11" },
  ],
]);
