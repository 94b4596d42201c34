/** A value that no output may hold: it can be compared and computed with, and prints as dots. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  get empty(): boolean {
    return this.#text === "";
  }

  /** Whether somebody replaced the value before handing the file on, as redaction tools do. */
  get masked(): boolean {
    return masks.test(this.#text.trim());
  }

  /** A secret derived from this one, as pfSense does before it hands a password to the kernel. */
  map(derive: (text: string) => string): Secret {
    return new Secret(derive(this.#text));
  }

  /** Lends the text to a test, such as the verification of a hash. What it returns must not hold the text. */
  test<T extends boolean | undefined>(predicate: (text: string) => T): T {
    return predicate(this.#text);
  }

  toString(): string {
    return "••••";
  }

  toJSON(): string {
    return "••••";
  }
}

const masks = /^(?:x{3,}|\*{3,}|•+|\.{3,}|[[<(]?\s*(?:redacted|removed|masked|hidden|secret removed|sanitized)\b.*)$/i;

/** Words in element names below which no value is shown. Too many is harmless, too few is a leak. */
const words =
  /(?<!by)pass(?!thr|ive)|pwd|pw$|secret|psk|key$|keydata|hash|token|^prv|private|community|trapstring|credential|authorizedkeys|^tls$|^api$|md5|salt|pin$|otp|hmac|licen[cs]e|cookie|^crt$|magic|mastercode|_code$|^custom_options$/i;

const harmless = new Set(["hash-algorithm", "hash-algorithm-option", "sshdkeyonly"]);

/** Whether the text of an element of this (lower-case) name is kept out of every output. */
export const isSecretName = (name: string): boolean => words.test(name) && !harmless.has(name);

/**
 * User and password in front of a host, as in a URL: the ranges before each `@`. Any text may hold one. Looks back from
 * each `@`, as a pattern would begin anew at each character of a long text that has none.
 */
export function* userInfoIn(text: string): Generator<{ readonly start: number; readonly end: number }> {
  for (let end = text.indexOf("@"); end !== -1; end = text.indexOf("@", end + 1)) {
    let from = end;
    while (from > 0 && !/[\s<>@]/.test(text[from - 1]!)) from--;
    const word = text.slice(from, end);
    for (let colon = word.indexOf(":"); colon !== -1 && colon < word.length - 1; colon = word.indexOf(":", colon + 1)) {
      if (word.startsWith("//", colon + 1)) continue;
      let start = colon;
      while (start > 0 && !/[/:[\]]/.test(word[start - 1]!)) start--;
      if (start === colon) continue;
      yield { start: from + start, end };
      break;
    }
  }
}

/** A text without the users and passwords of its URLs. */
export function withoutUserInfo(text: string, instead = "••••••••"): string {
  let shown = "";
  let at = 0;
  for (const { start, end } of userInfoIn(text)) {
    shown += text.slice(at, start) + instead;
    at = end;
  }
  return shown + text.slice(at);
}
