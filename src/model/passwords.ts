import { md5Crypt, md5Hex, sha512Crypt } from "./crypt/crypt.ts";
import type { SecretField } from "./field.ts";
import type { Secret } from "./secret.ts";
import type { User } from "./system.ts";

/** A bcrypt cost above this is not computed: each step doubles the time. pfSense uses 10. */
const highestCost = 14;

type Bcrypt = (password: string, hash: string) => boolean;

/**
 * Checks passwords against hashes as pfSense does (`auth.inc`, `local_backed()`), each pair once. It takes time by
 * design, so it is loaded where it is needed only.
 */
export async function loadPasswords(): Promise<Passwords> {
  const { compareSync } = await import("bcryptjs");
  return new Passwords(compareSync);
}

export class Passwords {
  readonly #bcrypt: Bcrypt;
  readonly #known = new Map<string, boolean | undefined>();

  constructor(bcrypt: Bcrypt) {
    this.#bcrypt = bcrypt;
  }

  /**
   * Whether a password is that of an account. Undefined if it cannot be told: the account has no hash, or one of a kind
   * that is not known, or a value is masked.
   */
  verify(password: Secret, account: User): boolean | undefined {
    if (password.empty || password.masked) return undefined;
    const verdicts = account.hashes
      .filter(({ value }) => !value.empty)
      .map((field) => password.test((text) => this.#verdict(text, field)));
    if (verdicts.includes(true)) return true;
    return verdicts.length === 0 || verdicts.includes(undefined) ? undefined : false;
  }

  #verdict(password: string, { name, value }: SecretField): boolean | undefined {
    return value.test((hash) => {
      const key = `${name} ${hash} ${password}`;
      if (!this.#known.has(key))
        this.#known.set(key, name === "md5-hash" ? ofMd5(password, hash) : this.#ofCrypt(password, hash));
      return this.#known.get(key);
    });
  }

  /** What PHP's `password_verify()` and `crypt()` make of it. */
  #ofCrypt(password: string, hash: string): boolean | undefined {
    const cost = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1];
    if (cost !== undefined) return Number(cost) > highestCost ? undefined : this.#bcrypt(password, hash);
    const computed = sha512Crypt(password, hash) ?? md5Crypt(password, hash);
    return computed === undefined ? undefined : computed === hash;
  }
}

const ofMd5 = (password: string, hash: string): boolean | undefined =>
  /^[0-9a-f]{32}$/.test(hash) ? md5Hex(password) === hash : undefined;
