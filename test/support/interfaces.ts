import { change, type Files, small } from "./pair.ts";

/** One assigned interface, enabled unless told otherwise. */
export interface InterfaceParts {
  readonly key: string;
  readonly device?: string;
  readonly descr?: string;
  readonly off?: boolean;
  /** Further elements, or `192.0.2.1/24` for a static IPv4 address. */
  readonly more?: string;
}

/** An interface as pfSense writes it. */
export function interfaceOf({
  key,
  device = "igb9",
  descr = key.toUpperCase(),
  off,
  more = "",
}: InterfaceParts): string {
  const [, ipaddr, subnet] = /^([\d.]+)\/(\d+)$/.exec(more) ?? [];
  const address = ipaddr ? `<ipaddr>${ipaddr}</ipaddr><subnet>${subnet}</subnet>` : more;
  return `<${key}>${off ? "" : "<enable></enable>"}<if>${device}</if><descr><![CDATA[${descr}]]></descr>${address}</${key}>`;
}

/** The small pair with further interfaces on each node. */
export function withInterfaces(
  primary: readonly InterfaceParts[],
  secondary: readonly InterfaceParts[],
  files: Files = small,
): Files {
  const add = (content: Files, where: keyof Files, entries: readonly InterfaceParts[]): Files =>
    change(content, where, "</interfaces>", `${entries.map(interfaceOf).join("")}</interfaces>`);
  return add(add(files, "primary", primary), "secondary", secondary);
}
