import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import type { InlineImage } from "@/lib/mail/parse/mime";
import { sanitise } from "@/lib/mail/parse/sanitise";
import { hostile } from "../support/hostile-html";

const png: InlineImage = { contentType: "image/png", bytes: Buffer.from("iVBORw0KGgo=", "base64") };
const images = new Map([["logo@x", png]]);

const allowedAttributes =
  /^(?:style|href|rel|target|title|src|alt|align|valign|width|height|bgcolor|border|cellpadding|cellspacing|colspan|rowspan|nowrap|dir|lang|color|face|size|start|type|span)$/;
const forbiddenTags =
  "script,style,link,meta,base,svg,math,form,input,button,textarea,select,option,iframe,object,embed,applet,frame,frameset,video,audio,source,picture,template,noscript,xmp,dialog,details,marquee";

/** Everything that a browser (parse5 builds its tree) could act on in the body of the document, in words; empty when it is harmless. */
function activeParts(html: string): string[] {
  const body = html.slice(html.indexOf("<body>"));
  const $ = load(body);
  const found = $(forbiddenTags)
    .toArray()
    .map((element) => ("tagName" in element ? `<${element.tagName}>` : "?"));
  for (const element of $("body *").toArray()) {
    if (!("attribs" in element)) continue;
    for (const [name, value] of Object.entries(element.attribs)) {
      if (!allowedAttributes.test(name)) found.push(`${element.tagName} ${name}`);
      if (name === "src" && !/^data:image\/(?:png|gif|jpeg|webp);base64,/.test(value)) found.push(`src ${value}`);
      if (name === "href" && !/^(?:https?:\/\/|mailto:)/.test(value)) found.push(`href ${value}`);
      if (
        name === "style" &&
        /url|expression|position|behavior|binding|transform|--|@import|\\|[({<>]/i.test(
          value.replace(/rgba?\([\d\s.,%]+\)/g, ""),
        )
      ) {
        found.push(`style ${value}`);
      }
      if (/^(?:colspan|rowspan|width|height)$/.test(name) && /\d{5}/.test(value)) found.push(`${name} ${value}`);
    }
  }
  return found;
}

describe("a hostile mail", () => {
  test.each(hostile)("keeps its words and loses what is active: %s", (fragment) => {
    const html = sanitise(`<p>before</p>${fragment}`, images) ?? "";
    expect(activeParts(html)).toEqual([]);
    expect(html).toContain("before");
  });

  test("after being read by a browser and written again, nothing active appears", () => {
    const once = sanitise(hostile.join("\n"), images) ?? "";
    expect(activeParts(once)).toEqual([]);
    expect(sanitise(once.slice(once.indexOf("<body>") + 6, once.lastIndexOf("</body>")), images)).toBe(once);
  });

  test("the check itself notices what must not be there", () => {
    expect(
      activeParts("<body><script>1</script><a href=javascript:x>x</a><p onclick=x style='background:url(x)'>"),
    ).toHaveLength(4);
  });
});

describe("an ordinary mail", () => {
  test("keeps its looks", () => {
    const html = sanitise(
      "<table border=1 cellpadding=3><tr><td style='background-color: #00B050; color: White; width: 80%'><b>Success</b></td></tr></table>",
      images,
    );
    expect(html).toContain('<table border="1" cellpadding="3">');
    expect(html).toContain("background-color:#00B050");
    expect(html).toContain("width:80%");
  });

  test("is a whole document with a policy of its own", () => {
    const html = sanitise("<p>x</p>", images) ?? "";
    expect(html.startsWith("<!doctype html>")).toBe(true);
    expect(html).toContain('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:;');
  });

  test("opens links in a tab of their own, which learns nothing, and names the host", () => {
    expect(sanitise("<a href='https://help.example/x?y=1&z=2'>help</a>", images)).toContain(
      '<a href="https://help.example/x?y=1&amp;z=2" rel="noopener noreferrer nofollow" target="_blank" title="help.example">help</a>',
    );
  });

  test("shows the pictures that it brings, and the words of those that it does not", () => {
    expect(sanitise("<img src='cid:logo@x' alt=Logo width=20>", images)).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Logo" width="20" />',
    );
    expect(sanitise("<img src='https://x.example/a.png' alt='Our logo'><p>after</p>", images)).toContain(
      "<span>Our logo</span><p>after</p>",
    );
  });

  test("pictures together stay below a cap", () => {
    const big: InlineImage = { contentType: "image/png", bytes: Buffer.alloc(400_000) };
    const html = sanitise("<img src='cid:big'>".repeat(500), new Map([["big", big]])) ?? "";
    expect(html.length).toBeLessThan(2_100_000);
  });

  test("without HTML, or nested beyond sense, is not shown as HTML", () => {
    expect(sanitise(" ", images)).toBeNull();
    expect(sanitise("<div>".repeat(1000), images)).toBeNull();
  });
});
