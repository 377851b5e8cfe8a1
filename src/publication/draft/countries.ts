/** Which names of countries xml2rfc knows. It warns of every other that stands as one. */

/** What CLDR calls countries and ISO 3166, by which xml2rfc goes, does not; and what is no country. */
const UNHEARD_OF = new Set(
  [
    [
      "Ascension Island",
      "Brunei",
      "Canary Islands",
      "Cape Verde",
      "Caribbean Netherlands",
      "Clipperton Island",
    ],
    ["Diego Garcia", "European Union", "Eurozone", "Falkland Islands", "Hong Kong SAR China", "Kosovo"],
    ["Macao SAR China", "Micronesia", "Outlying Oceania", "Palestinian Territories", "Pitcairn Islands"],
    [
      "Russia",
      "Sark",
      "Sint Maarten",
      "Tristan da Cunha",
      "United Nations",
      "Unknown Region",
      "Vatican City",
    ],
  ].flat(),
);

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Plain names in English, as Unicode's own list of regions has them, and two abbreviations that people write. */
const KNOWN: ReadonlySet<string> = new Set(["UK", "USA", ...namesInEnglish()]);

/** In ASCII, and in any letter case. */
export function isKnownCountry(name: string): boolean {
  return KNOWN.has(name.trim()) || KNOWN.has(titled(name.trim()));
}

function namesInEnglish(): readonly string[] {
  const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return LETTERS.flatMap((first) => LETTERS.map((second) => regions.of(first + second) ?? ""))
    .filter((name) => /^[A-Z][A-Za-z -]*$/.test(name) && !name.includes(" - ") && !name.startsWith("Pseudo"))
    .filter((name) => !UNHEARD_OF.has(name));
}

function titled(name: string): string {
  return name.toLowerCase().replace(/(?:^|[ -])[a-z]/g, (start) => start.toUpperCase());
}
