import { accepting, add, type Fault, replace, set } from "../support/faults.ts";

export const xmlFaults: readonly Fault[] = [
  {
    rule: "version-match",
    at: "secondary version",
    fault: set("secondary", "version", "22.9"),
  },
  {
    rule: "version-known",
    at: ["primary version", "secondary version"],
    fault: set("both", "version", "99.9"),
  },
  {
    rule: "xml-flag-value",
    at: ["primary filter/rule[1]/disabled", "secondary filter/rule[1]/disabled"],
    fault: set("both", "filter/rule[1]/disabled", "no"),
  },
  {
    rule: "xml-field-readable",
    at: "secondary interfaces/lan/ipaddr",
    fault: set("secondary", "interfaces/lan/ipaddr", "192.168.1.300"),
  },
  {
    rule: "xml-well-formed",
    at: "secondary system/hostname",
    fault: replace("secondary", "hydra-b</hostname>", "hydra-b</hostnam>"),
  },
  {
    rule: "xml-element-unique",
    at: "secondary system/hostname[2]",
    fault: add("secondary", "system/hostname", "hydra-c"),
  },
  {
    rule: "xml-mixed-content",
    at: "secondary interfaces",
    fault: replace("secondary", "\t<interfaces>", "\t<interfaces>restored by hand"),
  },
  {
    rule: "xml-nonascii-cdata",
    at: "secondary snmpd/syslocation",
    fault: replace("secondary", "<syslocation></syslocation>", "<syslocation>Salle n° 2</syslocation>"),
  },
  {
    rule: "accepted-finding-current",
    at: "pfha-lint.yaml:2",
    given: set("secondary", "interfaces/lan/descr", "Office"),
    settings: accepting("interface-description-match", "interface/lan"),
    fault: set("secondary", "interfaces/lan/descr", "LAN"),
  },
];
