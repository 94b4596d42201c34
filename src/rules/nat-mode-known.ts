import type { Rule } from "./rule.ts";

export const natModeKnown: Rule = {
  id: "nat-mode-known",
  severity: "error",
  summary: "The outbound NAT mode is one that pfSense knows.",
  fix: "none",

  *check({ primary: { outboundNat } }) {
    const { mode } = outboundNat;
    if (!mode.present || mode.value !== undefined) return;
    yield {
      at: mode.at,
      message: `outbound NAT mode: expected ${mode.kind}, found ${mode.text || "an empty one"}, with which nothing is translated`,
      subject: "nat/outbound/mode",
      help: "choose the mode again under Firewall > NAT > Outbound",
    };
  },
};
