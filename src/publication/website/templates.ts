/** The built-in templates. They fit misp-standard.org as it is, and any site that is made in its way. */
import type { TemplateName } from "../../charter/charter.ts";

const SECTION = `## {{ standard.title }}
{%- if description %}

{{ description }}
{%- endif %}
{%- for label in labels %}

{% if label.kept %}{{ label.kept }}{% else %}{{ label.label }}: {% for link in label.links %}[{{ link.text }}]({{ link.url | url }}){% unless forloop.last %} - {% endunless %}{% endfor %}{% endif %}
{%- endfor %}`;

const STATUS = `Status: {% if standard.status == "retired" -%}
this standard was retired on {{ standard.dates.retired | date: "%Y-%m-%d" }}, and is kept for reference only.
{%- else -%}
the Internet-Draft of this standard has expired{% if standard.dates.expires %} on {{ standard.dates.expires | date: "%Y-%m-%d" }}{% endif %}, and its next revision is not published yet.
{%- endif %}`;

const POST = `---
layout: posts
title: {{ headline | yaml }}
modified:
categories: blog
excerpt: {{ excerpt | yaml }}
tags: []
image:
  feature:
date: {{ date | date: "%Y-%m-%dT%H:%M:%S+00:00" }}
header:
  overlay_image: /assets/images/ball.jpg
  overlay_filter: 0.4
---

**{{ excerpt }}**
{%- if standard.summary and kind != "retirement" %}

{{ standard.summary }}
{%- endif %}
{%- if labels.size > 0 %}

### Access the standard
{% for label in labels %}
- {{ label.label }}: {% for link in label.links %}[{{ link.text }}]({{ link.url | url }}){% unless forloop.last %} - {% endunless %}{% endfor %}
{%- endfor %}
{%- endif %}
{%- if standard.implementations.size > 0 %}

### Running implementations
{% for implementation in standard.implementations %}
- {% if implementation.url %}[{{ implementation.name }}]({{ implementation.url | url }}){% else %}{{ implementation.name }}{% endif %}
{%- endfor %}
{%- endif %}
{%- if proposal %}

### How it was decided

The proposal, the comments on it and the committee's decision are public: [{{ proposal.name }}]({{ proposal.url | url }}).
{%- endif %}
`;

const ITEM = `* {% if has_text -%}
[{{ standard.slug }}]({{ standard.slug }}/{{ source }}.txt) ([markdown source]({{ standard.slug }}/{{ source }}))
{%- else -%}
[{{ standard.slug }}]({{ standard.slug }}/{{ source }})
{%- endif %}
{%- if prose %}{{ prose }}{% elsif standard.summary %}: {{ standard.summary }}{% else %}: {{ standard.title }}.{% endif %}
{%- if standard.status == "retired" %} Retired on {{ standard.dates.retired | date: "%Y-%m-%d" }}.
{%- elsif standard.draft and standard.revision %} {% if standard.status == "expired" %}Expired{% else %}Current{% endif %} Internet-Draft: {% if datatracker != "" %}[{{ standard.revision }}]({{ datatracker | url }}){% else %}{{ standard.revision }}{% endif %}
{%- endif %}`;

const DEFAULT_TEMPLATES: Readonly<Record<TemplateName, string>> = {
  section: SECTION,
  status: STATUS,
  post: POST,
  item: ITEM,
};

/** The texts of a committee's own templates, by name; what is missing is built in. */
export type Templates = Readonly<Partial<Record<TemplateName, string>>>;

export function templateText(name: TemplateName, own: Templates): string {
  return own[name] ?? DEFAULT_TEMPLATES[name];
}
