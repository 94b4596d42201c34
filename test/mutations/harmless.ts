import { add, all, type ClusterName, drop, type Mutation, replace, reverse, rewrite, set } from "../support/faults.ts";

/** What two nodes, or two exports of one, may differ in. */
export interface Difference {
  readonly title: string;
  readonly difference: Mutation;
  readonly cluster?: ClusterName;
}

export const differences: readonly Difference[] = [
  {
    title: "another host name and domain",
    difference: all(set("secondary", "system/hostname", "hydra-c"), set("secondary", "system/domain", "other.example")),
  },
  {
    title: "other devices while states float",
    difference: replace("secondary", /<if>(em0|em1|vtnet0)</, "<if>igb-$1<"),
  },
  {
    title: "another device under the sync interface while states are bound",
    cluster: "kea-24.5",
    difference: set("secondary", "interfaces/opt2/if", "igb3"),
  },
  {
    title: "VLANs on a plain card of the secondary",
    cluster: "dual-wan-vlan",
    difference: all(drop("secondary", "laggs"), replace("secondary", "lagg0", "igb2")),
  },
  {
    title: "other descriptions of what stays with the node",
    cluster: "dual-wan-vlan",
    difference: all(
      set("secondary", "vlans/vlan[1]/descr", "Rack 2"),
      set("secondary", "laggs/lagg/descr", "Trunk of rack 2"),
      set("secondary", "ifgroups/ifgroupentry[1]/descr", "Inside"),
      set("secondary", "sysctl/item[1]/descr", "Off"),
    ),
  },
  { title: "a MAC address of its own", difference: set("secondary", "interfaces/wan/spoofmac", "02:00:00:00:00:02") },
  { title: "widgets of the dashboard", difference: set("secondary", "widgets/sequence", "none:col1:open:0") },
  { title: "another look of the web GUI", difference: set("secondary", "system/webgui/webguicss", "pfSense-dark.css") },
  {
    title: "another place and contact",
    difference: all(
      set("secondary", "snmpd/syslocation", "Rack 2"),
      set("secondary", "snmpd/syscontact", "noc@victor.example"),
    ),
  },
  {
    title: "another console",
    difference: all(
      set("secondary", "system/primaryconsole", "serial"),
      set("secondary", "system/serialspeed", "9600"),
    ),
  },
  { title: "a time server of its own", difference: set("secondary", "system/timeservers", "ntp.example") },
  {
    title: "a plain IP alias of its own",
    difference: add("secondary", "virtualip/vip", {
      mode: "ipalias",
      interface: "lan",
      uniqid: "6000000000070",
      type: "single",
      subnet: "192.168.1.250",
      subnet_bits: "24",
    }),
  },
  {
    title: "a disabled interface of its own",
    difference: add("secondary", "interfaces/opt5", { if: "em7", descr: "SPARE" }),
  },
  { title: "a host id in capitals", difference: set("secondary", "hasync/pfhostid", "A2") },
  { title: "a write an hour after the sync", difference: set("secondary", "revision/time", "1715006660") },
  {
    title: "other words about the last write",
    difference: all(
      set("secondary", "revision/description", "admin@192.168.1.9 (Local Database): Saved"),
      set("secondary", "revision/username", "admin@192.168.1.9 (Local Database)"),
      set("secondary", "lastchange", "1715006660"),
    ),
  },
  {
    title: "other notes of who wrote a rule, and when",
    difference: replace(
      "secondary",
      /<(updated|created)>[\s\S]*?<\/\1>/,
      "<$1><time>1715999999</time><username>admin</username></$1>",
    ),
  },
  {
    title: "no notes of who wrote a rule, and when",
    difference: replace("secondary", /\t\t\t<(updated|created)>[\s\S]*?<\/\1>\n/, ""),
  },
  ...[
    "aliases/alias",
    "cert",
    "cron/item",
    "dhcpd/lan/staticmap",
    "gateways/gateway_group",
    "gateways/gateway_item",
    "ifgroups/ifgroupentry",
    "ipsec/phase1",
    "openvpn/openvpn-server",
    "sysctl/item",
    "system/group",
    "system/user",
    "unbound/hosts",
    "vlans/vlan",
  ].map((path) => ({
    title: `another order of ${path}`,
    cluster: "dual-wan-vlan" as const,
    difference: reverse("secondary", path),
  })),
];

/** The same configuration, written otherwise. */
export const spellings: readonly { readonly title: string; readonly spelling: Mutation }[] = [
  { title: "other line ends", spelling: rewrite("secondary", (content) => content.replaceAll("\n", "\r\n")) },
  { title: "a byte order mark", spelling: rewrite("secondary", (content) => `\ufeff${content}`) },
  {
    title: "another declaration",
    spelling: replace("secondary", /^<\?xml.*\?>/, "<?xml version='1.0' encoding='UTF-8'?>"),
  },
  { title: "no declaration", spelling: replace("secondary", /^<\?xml.*\?>\n/, "") },
  { title: "empty-element tags", spelling: replace("secondary", /<([\w-]+)><\/\1>/, "<$1/>") },
  { title: "no indentation", spelling: replace("secondary", /\n\t*/, "") },
  {
    title: "indentation by two spaces",
    spelling: replace("secondary", /\n\t+(?=<)/, (tabs) => tabs.replaceAll("\t", "  ")),
  },
  {
    title: "names in capitals",
    spelling: replace("secondary", /<(\/?)([a-z][\w-]*)>/, (_, slash, name) => `<${slash}${name.toUpperCase()}>`),
  },
  { title: "comments", spelling: replace("secondary", /\n\t<(\w+)>\n/, "\n\t<!-- about $1 -->\n\t<$1>\n") },
  {
    title: "no CDATA",
    spelling: replace("secondary", /<!\[CDATA\[(.*?)\]\]>/, "$1"),
  },
  {
    title: "CDATA around every text",
    spelling: replace("secondary", />([^<>\s][^<>]*)<\//, "><![CDATA[$1]]></"),
  },
  { title: "another order of sections", spelling: reverse("secondary", "*") },
];
