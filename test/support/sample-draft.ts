/** An mmark draft as a committee writes one, complete enough for idnits to find nothing, and with room for mistakes. */
export function sampleDraft(
  more: { readonly docName?: string; readonly date?: string; readonly body?: string } = {},
): string {
  const { docName = "draft-misp-sighting-format-00", date = "2026-12-20", body = "" } = more;
  return `%%%
title = "Sighting format"
abbrev = "Sighting format"
category = "info"
docName = "${docName}"
ipr = "trust200902"
submissiontype = "independent"
date = ${date}T00:00:00Z

[[author]]
initials = "A."
surname = "Lovelace"
fullname = "Ada Lovelace"
organization = "Analytical Engines"
%%%

.# Abstract

A format to exchange sightings of indicators between the instances of a sharing community.

{mainmatter}

# Introduction

A sighting says when something was seen, and by whom.
${body}
# Security Considerations

A sighting tells whoever reads it what somebody has seen.
`;
}
