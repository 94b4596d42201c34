import { createHash } from "node:crypto";
import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";
import type { Files } from "./pair.ts";

/**
 * Names of elements that hold secrets in pfSense and its packages, written down here by hand: what the product thinks is
 * secret is what is being tested.
 */
const secretNames = new Set([
  "password",
  "passwordfld",
  "bcrypt-hash",
  "md5-hash",
  "nt-hash",
  "sha512-hash",
  "authorizedkeys",
  "ipsecpsk",
  "pre-shared-key",
  "presharedkey",
  "privatekey",
  "publickey",
  "shared_key",
  "tls",
  "auth_pass",
  "proxy_passwd",
  "proxypass",
  "radiuskey",
  "radius_secret",
  "secret",
  "ldap_bindpw",
  "crt",
  "prv",
  "rocommunity",
  "rwcommunity",
  "trapstring",
  "keydata",
  "api",
  "apikey",
  "userkey",
  "ddnsdomainkey",
  "omapi_key",
  "accountkey",
  "dns_cfcf_token",
  "dns_cfcf_key",
  "varuserspassword",
  "varclientsharedsecret",
  "stats_password",
  "maxmind_key",
  "ldap_pass",
  "custom_options",
  "wpa_passphrase",
  "encryption_password",
  "gold_password",
  "crypto_password",
  "smtppassword",
  "vouchersecret",
  "smart_monpass",
  "passphrase",
  "xmlrpc_password",
  "syncpassword",
  "tac_secret",
  "http_basic_pass",
  "vpn_psk",
  "wifi_psk",
  "myvendor_secret",
  "apitoken",
  "db_passwd",
  "access_token",
  "session_cookie",
  "private-key",
  "user_pin",
  "otp_seed",
  "licensekey",
  "hmac",
  "credentials",
]);

/** Texts by which secrets are known in output, each another one. */
export class Canaries {
  readonly all: string[] = [];

  next(prefix: string): string {
    // Mixed case and digits, so that a hash or a part of it is recognised and nothing else looks like it.
    const canary = `${prefix}Zq${String(this.all.length).padStart(3, "0")}Kx7vWn`;
    this.all.push(canary);
    return canary;
  }

  /** The canaries that an output holds, in any form: as they are, in part, in Base64, hexadecimal, or hashed. */
  in(output: string): readonly string[] {
    return this.all.filter((canary) => formsOf(canary).some((form) => output.includes(form)));
  }
}

const forms = new Map<string, readonly string[]>();

function formsOf(canary: string): readonly string[] {
  let known = forms.get(canary);
  if (!known) {
    const bytes = Buffer.from(canary);
    // Base64 at each of the three offsets in its groups, without what depends on its neighbours.
    const base64 = [0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift, 0x41), bytes])
        .toString("base64")
        .slice(4, -4),
    );
    const hashes = ["md5", "sha1", "sha256", "sha512"].flatMap((name) => {
      const hash = createHash(name).update(bytes);
      const digest = hash.digest();
      return [digest.toString("hex"), digest.toString("base64").slice(0, 20)];
    });
    known = [
      canary.slice(0, 9),
      canary.slice(-10),
      ...base64,
      bytes.toString("hex"),
      encodeURIComponent(canary),
      ...hashes,
    ];
    forms.set(canary, known);
  }
  return known;
}

/** A pair with another canary in the place of every secret value of either file. */
export function withCanaries(files: Files, canaries: Canaries): Files {
  return { primary: marked(files.primary, "Pri", canaries), secondary: marked(files.secondary, "Sec", canaries) };
}

function marked(text: string, prefix: string, canaries: Canaries): string {
  const document = parseXml(new Source("x", text));
  let result = "";
  let done = 0;
  for (let i = 0; i < document.size; i++) {
    const [start, end] = [document.innerStart(i), document.innerEnd(i)];
    if (document.firstChild(i) !== -1 || !secretNames.has(document.name(i)) || start === end) continue;
    const old = text.slice(start, end);
    const canary = canaries.next(prefix);
    result += text.slice(done, start) + (old.startsWith("<![CDATA[") ? `<![CDATA[${canary}]]>` : canary);
    done = end;
  }
  const urls = (result + text.slice(done)).replace(
    /:\/\/[\w-]+:[\w-]+@/g,
    () => `://someone:${canaries.next(prefix)}@`,
  );
  return urls;
}

/** Every name of the list as an element of some package, and places where secrets are not expected. */
export function strangePlaces(canaries: Canaries, prefix: string): string {
  const named = [...secretNames].map((name) => `<${name}>${canaries.next(prefix)}</${name}>`);
  const c = (): string => canaries.next(prefix);
  return `<strange>${named.join("\n")}
<password kind="${c()}" note='${c()}'>${c()}</password>
<secret_of_others>${c()}<!-- was: ${c()} --></secret_of_others>
<!-- <password>${c()}</password> --><plain>plain</plain>
<?old password="${c()}"?>
<passwords><entry>${c()}</entry><entry><![CDATA[${c()}]]></entry></passwords>
<token><![CDATA[${c()}]]> and <![CDATA[${c()}]]></token>
<psk>
${c()}
${c()}
</psk>
<server>ldaps://cn=x:${c()}@ldap.example</server>
<url><![CDATA[https://me:${c()}@a.example/?x=1&amp;y=2]]></url>
</strange>`;
}
