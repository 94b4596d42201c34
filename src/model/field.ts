import type { Span } from "../source.ts";
import { type Address, parseAddress, parseIpv4, parseIpv6 } from "./address.ts";
import { Secret } from "./secret.ts";
import type { Tree } from "./tree.ts";

/**
 * A value of the configuration and its place. `value` is undefined if the element is absent, empty, or not of its kind;
 * the last is `unreadable`, reported once by the rule xml-field-readable, and other rules stay silent.
 */
export class Field<T> {
  readonly name: string;
  /** The element that holds it, or would. */
  readonly owner: Tree;
  /** What the field should hold, for messages: "a number from 1 to 255". */
  readonly kind: string;
  readonly #read: (text: string) => T | undefined;
  #text: string | undefined;
  #value: T | undefined;
  #isRead = false;

  constructor(owner: Tree, name: string, kind: string, read: (text: string) => T | undefined) {
    this.owner = owner;
    this.name = name;
    this.kind = kind;
    this.#read = read;
  }

  /** The element itself, or undefined if absent. */
  get tree(): Tree | undefined {
    return this.owner.get(this.name);
  }

  get value(): T | undefined {
    if (!this.#isRead) {
      const { text } = this;
      this.#value = text === "" ? undefined : this.#read(text);
      this.#isRead = true;
    }
    return this.#value;
  }

  /** Present, not empty, and not of its kind. */
  get unreadable(): boolean {
    return this.value === undefined && this.text !== "";
  }

  /** pfSense's value; empty if absent. */
  get text(): string {
    this.#text ??= this.owner.textOf(this.name);
    return this.#text;
  }

  get present(): boolean {
    return this.owner.has(this.name);
  }

  /** Absent or without text. */
  get empty(): boolean {
    return this.text === "";
  }

  /** Where to point: the value, or the element that should hold it. */
  get at(): Span {
    return this.tree?.at ?? this.owner.open;
  }
}

/**
 * A switch. pfSense has three conventions, and each switch follows one (`util.inc`, `array_path_enabled()`;
 * `rc.filter_synchronize`): on when present, on when not empty, on when it says `on`.
 */
export class Flag {
  readonly name: string;
  readonly owner: Tree;
  readonly #isOn: ((text: string) => boolean) | undefined;

  /** @param isOn by default, it is on when present */
  constructor(owner: Tree, name: string, isOn?: (text: string) => boolean) {
    this.owner = owner;
    this.name = name;
    this.#isOn = isOn;
  }

  get tree(): Tree | undefined {
    return this.owner.get(this.name);
  }

  get on(): boolean {
    return this.present && (this.#isOn === undefined || this.#isOn(this.text));
  }

  get text(): string {
    return this.owner.textOf(this.name);
  }

  get present(): boolean {
    return this.owner.has(this.name);
  }

  /** Where to point: the switch, or the element that should hold it. */
  get at(): Span {
    return this.tree?.at ?? this.owner.open;
  }
}

/** One element of the configuration in pfSense's terms. Subclasses name its fields. */
export class Entry {
  readonly tree: Tree;

  constructor(tree: Tree) {
    this.tree = tree;
  }

  get present(): boolean {
    return this.tree.present;
  }

  /** Where to point for the entry as a whole. */
  get at(): Span {
    return this.tree.open;
  }

  textField(name: string): Field<string> {
    return new Field(this.tree, name, "text", asText);
  }

  /** A whole number within inclusive bounds. */
  integerField(name: string, min: number, max: number): Field<number> {
    return new Field(this.tree, name, integerKind(min, max), (text) => readInteger(text, min, max));
  }

  /** A port number. */
  portField(name: string): Field<number> {
    return this.integerField(name, 1, 65535);
  }

  ipField(name: string): Field<Address> {
    return new Field(this.tree, name, "an IP address", parseAddress);
  }

  ipv4Field(name: string): Field<Address> {
    return new Field(this.tree, name, "an IPv4 address", parseIpv4);
  }

  ipv6Field(name: string): Field<Address> {
    return new Field(this.tree, name, "an IPv6 address", parseIpv6);
  }

  /** A value that is never shown. An absent one is an empty secret. */
  secretField(name: string): SecretField {
    return new SecretField(this.tree, name);
  }

  /** Words separated by commas, as in lists of interfaces, or by another character. */
  words(name: string, separator = ","): readonly string[] {
    return this.tree
      .textOf(name)
      .split(separator)
      .map((word) => word.trim())
      .filter((word) => word !== "");
  }

  /** A switch that is on when present, whatever it says. */
  flagField(name: string): Flag {
    return new Flag(this.tree, name);
  }

  /** Fields of a kind, checked by the rule xml-field-readable. */
  get checked(): readonly Field<unknown>[] {
    return [];
  }
}

/** A secret and its place; `value` is an empty secret if the element is absent. */
export class SecretField {
  readonly name: string;
  readonly owner: Tree;

  constructor(owner: Tree, name: string) {
    this.owner = owner;
    this.name = name;
  }

  get tree(): Tree | undefined {
    return this.owner.get(this.name);
  }

  get value(): Secret {
    return new Secret(this.owner.textOf(this.name));
  }

  get present(): boolean {
    return this.owner.has(this.name);
  }

  get at(): Span {
    return this.tree?.at ?? this.owner.open;
  }
}

const asText = (text: string): string => text;

/** Names of the kinds, kept: fields are made by the hundred thousand. */
const integerKinds = new Map<number, string>();

function integerKind(min: number, max: number): string {
  const key = min * 2 ** 32 + max;
  let kind = integerKinds.get(key);
  if (kind === undefined) {
    kind = `a number from ${min} to ${max}`;
    integerKinds.set(key, kind);
  }
  return kind;
}

export function readInteger(text: string, min: number, max: number): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}
