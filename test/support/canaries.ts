import { secretSpans } from "../../src/model/secret-spans.ts";
import { clusterFrom, type Files } from "./pair.ts";

/** The pair with a canary in the place of every secret value, another one in each. */
export function withCanaries(files: Files): Files {
  let number = 0;
  const { primary, secondary } = clusterFrom(files);
  const replace = ({ document, source }: typeof primary): string => {
    let result = source.text;
    const spans = document ? secretSpans(document, 0, source.text.length) : [];
    const leaves = spans.filter(({ start, end }) => !/<(?!!\[CDATA)/.test(source.text.slice(start, end)));
    for (const { start, end } of [...leaves].sort((a, b) => b.start - a.start)) {
      result = `${result.slice(0, start)}canary${number++}x${result.slice(end)}`;
    }
    return result;
  };
  return { primary: replace(primary), secondary: replace(secondary) };
}
