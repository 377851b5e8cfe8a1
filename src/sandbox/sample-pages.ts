/** Two pages of the committee in a sandbox: the README of its standards, and the page of its website that lists them. */
import type { Standard } from "../publication/register/model.ts";
import { SAMPLE_REGISTER } from "./sample-register.ts";

/** The lists of standards as the README has them, one by status. Some standards never came into a list. */
export function sampleReadme(): string {
  return [
    "# Standards of the committee",
    "The formats and protocols that the committee has published, and those that it is working on.",
    "## Formats in use and implemented in multiple software",
    items("published", (slug) => !slug.startsWith("sighting")),
    "## Formats in design phase and implemented in at least one software prototype",
    items("in design", (_, { implementations }) => implementations.length > 0),
    "## Formats in design phase",
    items("in design", (_, { implementations }) => implementations.length === 0),
    "# Contribution",
    "Open an issue to propose a standard, or to report a mistake in one.",
  ]
    .join("\n\n")
    .concat("\n");
}

function items(status: Standard["status"], isListed: (slug: string, standard: Standard) => boolean): string {
  return SAMPLE_REGISTER.standards
    .filter((standard) => standard.status === status && isListed(standard.slug, standard))
    .map(({ slug, title, draft, revision }) => {
      if (status !== "published") return `* ${slug} which describes the ${title}.`;
      const current =
        draft === null || revision === null
          ? ""
          : ` Current Internet-Draft: [${revision}](https://datatracker.ietf.org/doc/${draft}/)`;
      return `* [${slug}](${slug}/raw.md.txt) ([markdown source](${slug}/raw.md)) which describes the ${title}.${current}`;
    })
    .join("\n");
}

/** The page with a section for each published standard. */
export function sampleStandardsPage(): string {
  const sections = SAMPLE_REGISTER.standards.filter(({ status }) => status === "published").map(section);
  return `${[FRONT_MATTER, "# Standards", ...sections].join("\n\n")}\n`;
}

const FRONT_MATTER = `---
layout: single
title: Published Standards
author_profile: false
toc: true
---`;

function section({ title, links }: Standard): string {
  const labels = [...new Set(links.map(({ label }) => label))];
  const paragraphs = labels.map((label) => {
    const own = links.filter((link) => link.label === label);
    return `${label}: ${own.map(({ text, url }) => `[${text}](${url})`).join(" - ")}`;
  });
  return [`## ${title}`, `This document describes the ${title}.`, ...paragraphs].join("\n\n");
}
