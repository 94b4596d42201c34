import { contains, formatAddress, parseNetwork, sameAddress } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { Interface } from "../../model/interfaces.ts";
import type { OutboundRule } from "../../model/nat.ts";
import type { Effect } from "../../simulation.ts";
import { privateInterfaces, wans } from "../nat-addresses.ts";
import { effectOn, left, listed, type Move } from "./move.ts";

const nat = effectOn("NAT");

/** What outbound NAT does to connections when the VIPs move: an address that stays behind takes them with it. */
export function movedTranslations(move: Move): readonly Effect[] {
  const config = left(move);
  return wans(config).flatMap((wan) => {
    const ends = privateInterfaces(config).map((entry) => translationOf(config, wan, entry));
    const lost = [...new Set(ends.filter((end) => end?.stays).map((end) => end?.key ?? ""))];
    const kept = [...new Set(ends.filter((end) => end && !end.stays).map((end) => end?.address ?? ""))];
    const own = wan.addressOf(4);
    return [
      ...(lost.length > 0
        ? [
            nat(
              "bad",
              `connections from ${listed(lost)} through ${wan.key} break all the same: ${blame(config)} translates them to ` +
                `${own ? `${formatAddress(own)}, the ${move.from}'s own address` : `the ${move.from}'s own address`}, which does not move`,
            ),
          ]
        : []),
      ...(kept.length > 0 ? [nat("good", `on ${wan.key}, outbound NAT uses ${listed(kept)}, which moves along`)] : []),
    ];
  });
}

const blame = (config: Config): string =>
  config.outboundNat.effectiveMode === "automatic" ? "automatic outbound NAT" : "outbound NAT";

interface Translation {
  /** The interface that it is about. */
  readonly key: string;
  readonly address: string;
  /** Whether the address stays with the node. */
  readonly stays: boolean;
}

/** How connections from an interface leave through a WAN: by the first rule that covers it, else automatically. */
function translationOf(config: Config, wan: Interface, from: Interface): Translation | undefined {
  const { effectiveMode: mode, rules } = config.outboundNat;
  if (mode === "disabled") return undefined;
  const own = mode === "automatic" ? [] : rules;
  const rule = own.find((one) => one.interface.text === wan.key && !one.disabled.on && covers(config, one, from));
  if (rule?.noNat.on) return undefined;
  if (rule) return { key: from.key, address: rule.targetText, stays: staysBehind(config, rule) };
  return mode === "advanced" ? undefined : { key: from.key, address: "", stays: true };
}

function covers(config: Config, rule: OutboundRule, from: Interface): boolean {
  const text = rule.source.network.text;
  if (rule.source.any.on || text === "any" || text === from.key) return true;
  const network = from.networkOf(4);
  const members = config.alias(text)?.members ?? [text];
  return members.some((member) => {
    const outer = parseNetwork(member);
    return outer !== undefined && network !== undefined && contains(outer, network);
  });
}

/** The interface's own address, by name, as a literal, or because the text means nothing; or a VIP that sync never moves. */
function staysBehind(config: Config, rule: OutboundRule): boolean {
  const text = rule.targetText;
  const members = config.alias(text)?.members ?? [text];
  return members.some((member) => {
    const address = parseNetwork(member)?.address;
    if (!address) return true;
    const own = config.interfaces.some((entry) => {
      const value = entry.addressOf(4);
      return value !== undefined && sameAddress(value, address);
    });
    const local = config.vips.some(
      (vip) => !vip.isCarp && !vip.isStacked && vip.subnet.value && sameAddress(vip.subnet.value, address),
    );
    return own || local;
  });
}
