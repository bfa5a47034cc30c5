import sanitizeHtml from "sanitize-html";
import { isParsable } from "./html-shape";
import { limits } from "./limits";
import type { InlineImage } from "./mime";

type Attributes = Record<string, string>;
type Tag = { tagName: string; attribs: Attributes; text?: string };

const layout = [
  "align",
  "valign",
  "width",
  "height",
  "bgcolor",
  "border",
  "cellpadding",
  "cellspacing",
  "style",
  "dir",
  "lang",
];
const colour = [/^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([\d\s.,%]{1,40}\))$/i];
const length = [/^\d{0,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%|cm|mm|in)?$/];
const lengths = [
  /^(?:auto|\d{0,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%|cm|mm|in)?)(?:\s(?:auto|\d{0,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%|cm|mm|in)?)){0,3}$/,
];
// No parentheses: neither url() nor expression() can be written.
const line = [/^[a-z0-9#.%\s-]{1,80}$/i];
const word = [/^[a-z-]{1,30}$/];

const numeric = /^(?:colspan|rowspan|span|width|height|border|cell\w+)$/;
const smallNumber = /^\s*\d{1,4}(?:px|%)?\s*$/;

const styles: Record<string, RegExp[]> = {
  color: colour,
  background: colour,
  "background-color": colour,
  "text-align": word,
  "vertical-align": [...word, ...length],
  "font-family": [/^[\w\s',-]{1,200}$/],
  "font-size": [...length, ...word],
  "font-weight": [/^(?:[a-z]{4,10}|\d{3})$/],
  "font-style": word,
  "text-decoration": word,
  "white-space": word,
  "line-height": length,
  width: length,
  height: length,
  "border-collapse": word,
  "border-spacing": lengths,
};
for (const name of ["padding", "margin"]) for (const side of sides(name)) styles[side] = lengths;
for (const side of [...sides("border"), "border-color", "border-style", "border-width"]) styles[side] = line;

/**
 * The HTML of a mail as a complete document that nothing active survives in: no script, form, frame, SVG, remote or linked content.
 * Null when there is no HTML or it is nested too deeply to be looked at. Serve it sandboxed, with a content security policy of its own.
 */
export function sanitise(html: string, images: Map<string, InlineImage>): string | null {
  const shown = html.slice(0, limits.shownHtmlChars);
  if (!shown.trim() || !isParsable(shown)) return null;
  const whole = html.length <= limits.shownHtmlChars;
  const body = sanitizeHtml(shown, options(images));
  return page(whole ? body : `${body}<p>The rest of this mail is too long to be shown.</p>`);
}

function options(images: Map<string, InlineImage>): sanitizeHtml.IOptions {
  const budget = { bytes: limits.inlineImagesBytes };
  const harmless = styleFilter();
  const sources = new Map([...images].map(([id, image]) => [id, dataOf(image)]));
  return {
    allowedTags: (
      "a abbr address article b big blockquote br caption center code col colgroup dd del div dl dt em font footer h1 h2 h3 h4 h5 h6 " +
      "header hr i img ins kbd li main ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var"
    ).split(" "),
    nonTextTags: [
      "script",
      "style",
      "textarea",
      "option",
      "xmp",
      "noscript",
      "title",
      "template",
      "iframe",
      "object",
      "svg",
      "math",
    ],
    allowedAttributes: {
      "*": layout,
      a: ["href", "rel", "target", "title"],
      img: ["src", "alt"],
      td: ["colspan", "rowspan", "nowrap"],
      th: ["colspan", "rowspan", "nowrap"],
      font: ["color", "face", "size"],
      ol: ["start", "type"],
      col: ["span"],
    },
    parseStyleAttributes: false,
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    nestingLimit: 200,
    transformTags: {
      a: (_, attribs) => link(attribs),
      img: (_, attribs) => picture(attribs, sources, budget),
      "*": (tagName, attribs) => ({ tagName, attribs: modest(attribs, harmless) }),
    },
  };
}

function link(attribs: Attributes): Tag {
  const href = attribs.href?.trim() ?? "";
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return { tagName: "a", attribs: {} };
  return {
    tagName: "a",
    attribs: { href, rel: "noopener noreferrer nofollow", target: "_blank", title: target(href) },
  };
}

function target(href: string): string {
  return URL.canParse(href) ? new URL(href).host || href.slice(0, 200) : "";
}

function picture(attribs: Attributes, sources: Map<string, string>, budget: { bytes: number }): Tag {
  const src = source(attribs.src ?? "", sources);
  const { alt = "", width, height } = attribs;
  if (!src || src.length > budget.bytes) return { tagName: "span", attribs: {}, text: alt.slice(0, 200) };
  budget.bytes -= src.length;
  const size = { ...(width && { width }), ...(height && { height }) };
  return { tagName: "img", attribs: { src, alt: alt.slice(0, 200), ...size } };
}

function source(src: string, sources: Map<string, string>): string {
  if (src.length > limits.inlineImageBytes * 1.4) return "";
  if (/^data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]*$/i.test(src)) return src;
  return /^cid:/i.test(src) ? (sources.get(src.slice(4)) ?? "") : "";
}

function dataOf(image: InlineImage): string {
  if (image.bytes.length > limits.inlineImageBytes) return "";
  return `data:${image.contentType};base64,${image.bytes.toString("base64")}`;
}

// A browser would otherwise build what a few characters ask for: a million columns, a table as wide as a street.
function modest(attribs: Attributes, harmless: (style: string) => string): Attributes {
  const { style, ...others } = attribs;
  const kept = Object.entries(others).filter(([name, value]) => !numeric.test(name) || smallNumber.test(value));
  const filtered = style ? harmless(style) : "";
  return { ...Object.fromEntries(kept), ...(filtered && { style: filtered }) };
}

/** Reduces style attributes to the properties and values above. A report repeats few styles in thousands of cells, so each is read once. */
function styleFilter(): (style: string) => string {
  const known = new Map<string, string>();
  return (style) => {
    const filtered = known.get(style) ?? (known.size < limits.styles ? filterStyle(style) : "");
    known.set(style, filtered);
    return filtered;
  };
}

// No allowed value holds a character that HTML escapes, so what stands between the quotes is the style itself.
function filterStyle(style: string): string {
  const attribute = style.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html = sanitizeHtml(`<p style="${attribute}"></p>`, {
    allowedTags: ["p"],
    allowedAttributes: { p: ["style"] },
    allowedStyles: { "*": styles },
  });
  return /^<p style="([^"&<>]*)"><\/p>$/.exec(html)?.[1] ?? "";
}

function sides(name: string): string[] {
  return [name, ...["top", "right", "bottom", "left"].map((side) => `${name}-${side}`)];
}

function page(body: string): string {
  const policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; base-uri 'none'";
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
    "<title>Mail</title><style>html{background:#fff;color:#111;font:14px/1.4 system-ui,sans-serif}img{max-width:100%;height:auto}</style>",
    `</head><body>${body}</body></html>`,
  ].join("");
}
