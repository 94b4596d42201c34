import { expect, test } from "vitest";
import { systemSettingsMatch as rule } from "../../src/rules/system-settings-match.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const add = (files: Files, where: keyof Files, sections: string): Files =>
  change(files, where, "\t<hasync>", `${sections}\t<hasync>`);
const both = (primary: string, secondary: string): Files => add(add(small, "primary", primary), "secondary", secondary);
const system = (where: keyof Files, elements: string): Files =>
  change(small, where, "<timezone>Etc/UTC</timezone>", elements);
const tunable = (name: string, value: string): string =>
  `<sysctl><item><tunable>${name}</tunable><value>${value}</value></item></sysctl>`;
const job = (command: string, hour = "3"): string =>
  `<cron>\n<item><minute>1</minute><hour>${hour}</hour><command>${command}</command></item></cron>`;

test.for([
  [
    "a switch that is off on one node",
    both("<snmpd><enable></enable></snmpd>", "<snmpd></snmpd>"),
    "SNMP: expected as on the primary, found differences in enable [",
  ],
  [
    "a setting inside another",
    both(
      "<notifications><smtp><ipaddress>a</ipaddress></smtp></notifications>",
      "<notifications><smtp><ipaddress>b</ipaddress></smtp></notifications>",
    ),
    "notifications: expected as on the primary, found differences in smtp/ipaddress [",
  ],
  [
    "a tunable on the secondary only",
    both("", tunable("net.inet.tcp.blackhole", "2")),
    "system tunables: expected as on the primary, found differences in net.inet.tcp.blackhole [",
  ],
  [
    "a job on one node only",
    both(job("/etc/rc.backup_rrd.sh"), ""),
    "cron jobs: expected as on the primary, found differences in rc.backup_rrd.sh [",
  ],
  [
    "a job that runs twice on one node",
    both(job("/etc/a"), `<cron>${job("/etc/a").slice(7, -7)}${job("/etc/a", "4").slice(7, -7)}</cron>`),
    "found differences in a [",
  ],
  [
    "another time zone",
    system("secondary", "<timezone>Europe/Paris</timezone>"),
    "<timezone>: expected Etc/UTC as on the primary, found Europe/Paris [",
  ],
  [
    "another table size",
    system("primary", "<timezone>Etc/UTC</timezone><maximumtableentries>400000</maximumtableentries>"),
    "<maximumtableentries>: expected 400000 as on the primary, found none [",
  ],
] as const)("reports %s, once", async ([, files, expected]) => {
  const printed = await report(rule, files);
  expect(printed).toContain(expected);
  expect(printed.match(/\[system-settings-match\]/g)).toHaveLength(1);
});

test.for([
  ["an empty element and none", both("<ntpd><gps></gps><orphan></orphan></ntpd>", "")],
  ["what to bind to", both("<snmpd><bindip>lan</bindip></snmpd>", "<snmpd><bindip>opt1</bindip></snmpd>")],
  [
    "whom to tell",
    both(
      "<notifications><smtp><notifyemailaddress>a</notifyemailaddress></smtp></notifications>",
      "<notifications><smtp><notifyemailaddress>b</notifyemailaddress></smtp></notifications>",
    ),
  ],
  ["tunables that have a rule of their own", both(tunable("net.inet.carp.ifdown_demotion_factor", "0"), "")],
  ["a tunable at its default", both("", tunable("net.inet.tcp.tso", "default"))],
  ["defaults that one node has written out", system("primary", "")],
  [
    "jobs in another order",
    both(
      `<cron>${job("/etc/a").slice(7, -7)}${job("/etc/b").slice(7, -7)}</cron>`,
      `<cron>${job("/etc/b").slice(7, -7)}${job("/etc/a").slice(7, -7)}</cron>`,
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("shows no more of a command than the program", async () => {
  const printed = await report(rule, both(job("TOKEN=abc123 /usr/local/bin/push --key abc123"), job("renew abc123")));
  expect(printed).toContain("found differences in push and another command");
  expect(printed).not.toContain("abc123");
});
