/** SHA-512 (FIPS 180-4), which browsers and Node offer to asynchronous code only. Words of 64 bits are two halves of 32. */

const mask = (1n << 64n) - 1n;
const primes = firstPrimes(80);
/** The first 64 bits of the fractions of roots of primes, as the standard defines them; high half, low half, and so on. */
const roundConstants = halves(primes.map((prime) => root(BigInt(prime) << 192n, 3n) & mask));
const initialState = halves(primes.slice(0, 8).map((prime) => root(BigInt(prime) << 128n, 2n) & mask));

/** The 64 bytes of the digest. */
export function sha512(message: Uint8Array): Uint8Array {
  const blocks = padded(message);
  const state = initialState.slice();
  const schedule = new Int32Array(160);
  for (let start = 0; start < blocks.byteLength; start += 128) compress(state, blocks, start, schedule);
  const digest = new DataView(new ArrayBuffer(64));
  for (let i = 0; i < 16; i++) digest.setInt32(i * 4, state[i]!);
  return new Uint8Array(digest.buffer);
}

/** The message, a one bit, zeros, and its length in bits: a multiple of 128 bytes. */
function padded(message: Uint8Array): DataView {
  const length = Math.ceil((message.length + 17) / 128) * 128;
  const bytes = new Uint8Array(length);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(length - 8, BigInt(message.length) * 8n);
  return view;
}

function compress(state: Int32Array, blocks: DataView, start: number, w: Int32Array): void {
  for (let i = 0; i < 32; i++) w[i] = blocks.getInt32(start + i * 4);
  for (let i = 32; i < 160; i += 2) {
    const h15 = w[i - 30]!;
    const l15 = w[i - 29]!;
    const h2 = w[i - 4]!;
    const l2 = w[i - 3]!;
    const s0h = ((h15 >>> 1) | (l15 << 31)) ^ ((h15 >>> 8) | (l15 << 24)) ^ (h15 >>> 7);
    const s0l = ((l15 >>> 1) | (h15 << 31)) ^ ((l15 >>> 8) | (h15 << 24)) ^ ((l15 >>> 7) | (h15 << 25));
    const s1h = ((h2 >>> 19) | (l2 << 13)) ^ ((l2 >>> 29) | (h2 << 3)) ^ (h2 >>> 6);
    const s1l = ((l2 >>> 19) | (h2 << 13)) ^ ((h2 >>> 29) | (l2 << 3)) ^ ((l2 >>> 6) | (h2 << 26));
    const low = (w[i - 31]! >>> 0) + (s0l >>> 0) + (w[i - 13]! >>> 0) + (s1l >>> 0);
    w[i + 1] = low;
    w[i] = w[i - 32]! + s0h + w[i - 14]! + s1h + carry(low);
  }
  let ah = state[0]!;
  let al = state[1]!;
  let bh = state[2]!;
  let bl = state[3]!;
  let ch = state[4]!;
  let cl = state[5]!;
  let dh = state[6]!;
  let dl = state[7]!;
  let eh = state[8]!;
  let el = state[9]!;
  let fh = state[10]!;
  let fl = state[11]!;
  let gh = state[12]!;
  let gl = state[13]!;
  let hh = state[14]!;
  let hl = state[15]!;
  for (let i = 0; i < 160; i += 2) {
    const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
    const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
    const choiceH = (eh & fh) ^ (~eh & gh);
    const choiceL = (el & fl) ^ (~el & gl);
    const low1 = (hl >>> 0) + (s1l >>> 0) + (choiceL >>> 0) + (roundConstants[i + 1]! >>> 0) + (w[i + 1]! >>> 0);
    const t1h = (hh + s1h + choiceH + roundConstants[i]! + w[i]! + carry(low1)) | 0;
    const t1l = low1 | 0;
    const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
    const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
    const majorityH = (ah & bh) ^ (ah & ch) ^ (bh & ch);
    const majorityL = (al & bl) ^ (al & cl) ^ (bl & cl);
    const low2 = (s0l >>> 0) + (majorityL >>> 0);
    const t2h = (s0h + majorityH + carry(low2)) | 0;
    hh = gh;
    hl = gl;
    gh = fh;
    gl = fl;
    fh = eh;
    fl = el;
    const lowE = (dl >>> 0) + (t1l >>> 0);
    eh = (dh + t1h + carry(lowE)) | 0;
    el = lowE | 0;
    dh = ch;
    dl = cl;
    ch = bh;
    cl = bl;
    bh = ah;
    bl = al;
    const lowA = (t1l >>> 0) + (low2 >>> 0);
    ah = (t1h + t2h + carry(lowA)) | 0;
    al = lowA | 0;
  }
  const after = [ah, al, bh, bl, ch, cl, dh, dl, eh, el, fh, fl, gh, gl, hh, hl];
  for (let i = 0; i < 16; i += 2) {
    const low = (state[i + 1]! >>> 0) + (after[i + 1]! >>> 0);
    state[i] = state[i]! + after[i]! + carry(low);
    state[i + 1] = low;
  }
}

/** What a sum of low halves adds to the high ones. */
const carry = (low: number): number => Math.floor(low / 2 ** 32);

function halves(words: readonly bigint[]): Int32Array {
  return Int32Array.from(words.flatMap((word) => [Number(word >> 32n) | 0, Number(word & 0xffffffffn) | 0]));
}

/** The whole part of the root of a degree, by Newton's method. */
function root(number: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(number.toString(2).length) / degree + 1n);
  for (;;) {
    const better = ((degree - 1n) * guess + number / guess ** (degree - 1n)) / degree;
    if (better >= guess) return guess;
    guess = better;
  }
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
