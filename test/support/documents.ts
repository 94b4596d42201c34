import fc from "fast-check";
import { isLayout } from "../../src/model/edit.ts";

/** A config.xml as bytes, odd in any way that pfSense still loads. */
export const anyDocument = (): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      encoding: fc.constantFrom("utf-8", "utf-8 with mark", "iso-8859-1", "us-ascii"),
      version: fc.constantFrom("23.3", "24.5"),
      declaration: fc.boolean(),
      eol: fc.constantFrom("\n", "\r\n"),
      ending: fc.constantFrom("", "\n", "\r\n", "\n<!-- end -->"),
      root: fc.constantFrom("pfsense", "PFSENSE", "pfSense"),
      body: body(),
    })
    .map(({ encoding, version, declaration, eol, ending, root, body: content }) => {
      const name = encoding.split(" ")[0];
      const named = encoding.startsWith("utf-8") ? "" : ` encoding="${name}"`;
      const head = declaration || named !== "" ? `<?xml version="1.0"${named}?>${eol}` : "";
      const text = `${head}<${root}><version>${version}</version>${content(eol)}</${root}>${ending}`;
      const mark = encoding.endsWith("mark") ? "\ufeff" : "";
      if (name === "utf-8") return new TextEncoder().encode(mark + text);
      return Uint8Array.from(text, (character) => {
        const code = character.charCodeAt(0);
        return code > (name === "us-ascii" ? 0x7f : 0xff) ? 0x3f : code;
      });
    });

/** A part of a document, once its line ends are known. */
type Part = (eol: string) => string;

const listNames = ["vip", "rule", "user"];
const leafNames = ["hostname", "domain", "descr", "password", "ipaddr", "text", "a-b", "Enable", "IPADDR6"];
const parentNames = ["system", "virtualip", "hasync", "Filter", "interfaces", "source"];

/** White space between elements: whatever pfSense skips, usual indentation most of the time. */
const layout = (): fc.Arbitrary<Part> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.nat(4).map(
        (depth): Part =>
          (eol) =>
            eol + "\t".repeat(depth),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.nat(3).map(
        (depth): Part =>
          (eol) =>
            eol + "  ".repeat(depth),
      ),
    },
    { weight: 1, arbitrary: fc.constant<Part>(() => "") },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.constantFrom(" ", "\t", "\n"), { maxLength: 5 })
        .map((characters) => characters.join(""))
        .filter(isLayout)
        .map(
          (blanks): Part =>
            (eol) =>
              blanks.replaceAll("\n", eol),
        ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("<!-- note -->", "<!---->", "<?note x?>").map(
        (between): Part =>
          (eol) =>
            `${eol}${between}${eol}`,
      ),
    },
  );

/** The inside of a leaf, as raw text. */
const raw = (): fc.Arbitrary<Part> =>
  fc.oneof(
    fc.constant<Part>(() => ""),
    fc.constantFrom("10.0.0.1", " padded ", "é", "a &amp; b", "&#233;&#x42;", "&lt;", "   ", ">").map(
      (text): Part =>
        () =>
          text,
    ),
    fc.constantFrom("x", "A &amp; B", "&#9;x", "<tag>", "", "a]]b", "&eacute;", "two\nlines").map(
      (text): Part =>
        (eol) =>
          `<![CDATA[${text.replaceAll("\n", eol)}]]>`,
    ),
    fc
      .array(fc.constantFrom("a", " ", "\n", "\t", "<!-- c -->", "<![CDATA[ b ]]>", "&quot;", "é", "<![CDATA[]]>"), {
        maxLength: 5,
      })
      .map(
        (pieces): Part =>
          (eol) =>
            pieces.join("").replaceAll("\n", eol),
      ),
  );

const element =
  (name: string, content: Part, form: number): Part =>
  (eol) => {
    const inside = content(eol);
    const attribute = form === 2 ? ' note="x > y"' : "";
    return inside === "" && form > 0
      ? `<${name}${attribute}${form === 1 ? " " : ""}/>`
      : `<${name}${attribute}>${inside}</${name}${form === 3 ? " " : ""}>`;
  };

/** Children of one parent: other names than those of list tags once only. */
function children(depth: number): fc.Arbitrary<Part> {
  const leaf = (names: readonly string[]) =>
    fc
      .tuple(fc.constantFrom(...names), raw(), fc.nat(3))
      .map(([name, content, form]) => ({ name, part: element(name, content, form) }));
  const parent = (names: readonly string[]) =>
    fc
      .tuple(fc.constantFrom(...names), children(depth - 1), fc.nat(3))
      .map(([name, content, form]) => ({ name, part: element(name, content, form) }));
  const item =
    depth > 0 ? fc.oneof(leaf([...leafNames, ...listNames]), parent([...parentNames, ...listNames])) : leaf(leafNames);
  return fc.array(fc.tuple(item, layout()), { maxLength: 5 }).chain((items) =>
    layout().map(
      (last): Part =>
        (eol) => {
          const seen = new Set<string>();
          const kept = items.filter(([{ name }]) => {
            const known = seen.has(name.toLowerCase());
            seen.add(name.toLowerCase());
            return listNames.includes(name) || !known;
          });
          if (kept.length === 0) return "";
          return kept.map(([{ part }, between]) => between(eol) + part(eol)).join("") + last(eol);
        },
    ),
  );
}

const body = (): fc.Arbitrary<Part> =>
  fc.tuple(children(3), children(2)).map(
    ([first, second]): Part =>
      (eol) =>
        `<!-- top -->${eol}<system>${first(eol)}</system>${eol}<hasync>${second(eol)}</hasync>${eol}`,
  );

/** A value as pfSense could hold it. */
export const anyValue = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      "",
      "10.0.0.1",
      " ",
      "   ",
      "]]>",
      "&amp;",
      "&eacute;",
      "&#39;",
      "\ttab",
      "line\n",
      "a\r\nb",
      " &x",
      "a\t&b",
    ),
    fc
      .array(
        fc.constantFrom(
          "a",
          " ",
          "\t",
          "\n",
          "\r",
          "<",
          ">",
          "&",
          '"',
          "'",
          "é",
          "東",
          "😀",
          "ε",
          "\u00a0",
          ";",
          "amp;",
        ),
        { maxLength: 8 },
      )
      .map((characters) => characters.join("")),
  );
