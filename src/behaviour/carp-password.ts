import type { Secret } from "../model/secret.ts";

/** Bytes of a password that count: `ifconfig` copies it as a C string into the kernel's `CARP_KEY_LEN`, 20. */
const keyBytes = 19;

/**
 * The key that the kernel gets for a VIP's password: without its spaces, quotes and backslashes behind a backslash
 * (`interfaces.inc`, `interface_carp_configure()`), cut to what fits. One character is one byte of it. Passwords that
 * give the same key authenticate each other.
 */
export const kernelPassword = (password: Secret): Secret =>
  password.map((text) => {
    const argument = text.replaceAll(" ", "").replace(/['"\\]/g, "\\$&");
    return String.fromCharCode(...new TextEncoder().encode(argument).subarray(0, keyBytes));
  });
