import { compareText } from "../../diagnostic.ts";
import type { IsList } from "../../model/compare.ts";
import { withChild, withList } from "../../model/make.ts";
import { equalValues, looselyEqual, numeric } from "../../model/php.ts";
import type { Tree } from "../../model/tree.ts";
import { toValue } from "../../model/value.ts";
import type { SectionName } from "./sender.ts";

/** `system` after a sync: accounts one by one, authentication servers as a whole, the next free numbers. */
export function withAccounts(root: Tree, copy: Tree, sections: readonly SectionName[], isList: IsList): Tree {
  const sent = copy.section("system");
  const own = root.section("system");
  let system = own;
  for (const [section, name] of [
    ["user", "nextuid"],
    ["group", "nextgid"],
    ["authserver", "authserver"],
  ] as const) {
    if (sections.includes(section)) system = withList(system, name, sent.list(name));
  }
  if (sections.includes("user")) system = withUsersAndGroups(system, copy, isList);
  return system.present ? withChild(root, system) : root;
}

/** If either list arrives empty, both are laid over the secondary's like any other key. */
function withUsersAndGroups(system: Tree, copy: Tree, isList: IsList): Tree {
  const users = copy.section("system").list("user");
  const groups = copy.section("system").list("group");
  if (users.length === 0 || groups.length === 0) return withList(withList(system, "user", users), "group", groups);

  const administratorsToo = copy.path("hasync/adminsync").text === "on";
  const equal = (a: Tree, b: Tree): boolean => equalValues(toValue(a, isList), toValue(b, isList));
  const user = reconcile(users, system.list("user"), equal, (one) => !administratorsToo && idOf(one, "uid") < 2000);
  const group = reconcile(groups, system.list("group"), equal, (one) => idOf(one, "gid") < 1999);
  const changes = [user, group].some(({ add, remove }) => add.length + remove.length > 0);
  if (!changes) return system;
  const stays = (one: Tree): boolean =>
    idOf(one, "uid") > 65000 || (idOf(one, "uid") < 2000 && !user.add.some((added) => equal(added, one)));
  const special = (one: Tree): boolean => idOf(one, "gid") < 1999 || idOf(one, "gid") > 65000;
  const withUsers = withList(system, "user", applied(system.list("user"), user, stays));
  return withList(withUsers, "group", applied(system.list("group"), group, special));
}

interface Changes {
  readonly add: readonly Tree[];
  readonly remove: readonly Tree[];
}

/**
 * What is to be added and removed, by name (`xmlrpc.php`, `restore_config_section()`). An entry that differs is removed
 * and added again.
 */
function reconcile(
  sent: readonly Tree[],
  own: readonly Tree[],
  equal: (a: Tree, b: Tree) => boolean,
  keepsOwn: (entry: Tree) => boolean,
): Changes {
  const add: Tree[] = [];
  const remove: Tree[] = [];
  const settled = new Set<number>();
  const names = own.map((one) => one.textOf("name"));
  const byName = new Map(names.map((name, index) => [name, index] as const).reverse());
  for (const entry of sent) {
    const name = entry.textOf("name");
    // Only a number is equal to another spelling of itself.
    const index = numeric(name) === undefined ? byName.get(name) : names.findIndex((one) => looselyEqual(one, name));
    const twin = index === undefined ? undefined : own[index];
    if (index === undefined || !twin) {
      add.push(entry);
      continue;
    }
    settled.add(index);
    if (keepsOwn(entry) || equal(entry, twin)) continue;
    add.push(entry);
    remove.push(entry);
  }
  return { add, remove: [...remove, ...own.filter((_, index) => !settled.has(index))] };
}

/**
 * A list of accounts after `local_sync_accounts()` (`auth.inc`), sorted by name. pfSense searches each entry to remove
 * up to the number of entries that are left, so that with every removal one more at the end escapes.
 */
function applied(own: readonly Tree[], { add, remove }: Changes, stays: (entry: Tree) => boolean): readonly Tree[] {
  const slots: (Tree | undefined)[] = [...own];
  let left = slots.length;
  for (const entry of remove.filter((one) => !stays(one))) {
    const found = slots.slice(0, left).findIndex((one) => one && one.textOf("name") === entry.textOf("name"));
    if (found === -1) continue;
    slots[found] = undefined;
    left--;
  }
  const kept = slots.filter((one) => one !== undefined);
  return [...kept, ...add].sort((a, b) => compareText(a.textOf("name"), b.textOf("name")));
}

/** The number of an account, compared as PHP does: nothing is less than every number, a word more. */
function idOf(account: Tree, name: "uid" | "gid"): number {
  const text = account.textOf(name);
  return numeric(text) ?? (text === "" ? -1 : Number.POSITIVE_INFINITY);
}
