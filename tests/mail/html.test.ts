import { describe, expect, test } from "vitest";
import { readHtml } from "@/lib/mail/parse/html";
import { isParsable } from "@/lib/mail/parse/html-shape";

describe("HTML as rows of cells and as text", () => {
  test("cells that open as <td> and close as </th> are read, as Proxmox VE sends them", () => {
    const { rows } = readHtml("<table><tr><th>VMID</th><th>Name</th></tr><tr><td>100</th><td>web</th></tr></table>");
    expect(rows).toEqual([
      ["VMID", "Name"],
      ["100", "web"],
    ]);
  });

  test("a table inside a cell gives rows of its own, after the row that holds it", () => {
    const { rows } = readHtml("<table><tr><td>outer<table><tr><td>a<td>b</table>tail</td><td>x</td></tr></table>");
    expect(rows).toEqual([
      ["outer\ntail", "x"],
      ["a", "b"],
    ]);
  });

  test("lines, preformatted text, entities and odd spaces", () => {
    expect(readHtml("<p>a<br>b &amp; c</p><pre>x\n  y</pre><div>d\u00a0e\u202ff</div>").text).toBe(
      "a\nb & c\nx\n  y\nd e f",
    );
  });

  test("scripts, styles, titles and direction marks are not text", () => {
    expect(readHtml("<title>t</title><style>s</style><script>j</script>a\u202eb\u200b").text).toBe("ab");
  });

  test("HTML nested beyond sense still gives its words", () => {
    expect(readHtml(`${"<div>".repeat(5000)}Backup failed`)).toEqual({ text: "Backup failed", rows: [] });
  });
});

describe("HTML that hides how deep it is", () => {
  test.each([
    "<div>",
    '<div a="</div>">',
    "<div a='</div>'>",
    "<div a = '</div>'>",
    "<div><!-- </div> -->",
    "<div><! </div>",
    "<div><?x </div>",
    "<div><![CDATA[></div>]]>",
    "<div><style></div></style>",
    "<div><title></div></title>",
    "<div></ div>",
    "<div></divx>",
    "<li><tr>",
    "<p><b>",
    "<DIV>",
  ])("is found out: %s", (unit) => expect(isParsable(unit.repeat(1000))).toBe(false));

  test.each([
    "<p>",
    "<br>",
    "<img src=x>",
    "<tr><td>x<td>y",
    "<li>x",
    "<div></div>",
    "<div><!--></div>-->",
    "<table><tr><td>x</td></tr></table>",
  ])("while long is not deep: %s", (unit) => expect(isParsable(unit.repeat(5000))).toBe(true));
});
