import ts from "typescript";
import { pages } from "@/lib/access/registry";

/** Sources by path from the repository's root, e.g. `lib/jobs/queries.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Folders of lib that every noun may use; what is not here and not a composer is a noun. */
const infrastructure = ["access", "auth", "days", "db", "mail", "outgoing"];
/** They own what lies between nouns, so they may import several. */
const composers = [
  "filing",
  "demo",
  "admin",
  "dashboard",
  "desk-overview",
  "insight",
  "reparses",
  "live",
  "reports",
  "sources",
  "tasks",
];

type Import = { from: string; isTypeOnly: boolean };
type Rule = (path: string, text: string, sources: Sources) => string[];

/** @returns every breach of docs: "path: what is wrong". */
export function breaches(sources: Sources): string[] {
  const found = [...sources].flatMap(([path, text]) =>
    rules.flatMap((rule) => rule(path, text, sources).map((wrong) => `${path}: ${wrong}`)),
  );
  return [...found, ...missingPages(sources)];
}

const rules: Rule[] = [
  directions,
  nounsApart,
  pureClients,
  guardedPages,
  guardedQueries,
  madeActions,
  madeDoors,
  noRoleNames,
  dangers,
  names,
];

function directions(path: string, text: string): string[] {
  const wrong: string[] = [];
  for (const { from, isTypeOnly } of importsOf(path, text)) {
    if (path.startsWith("lib/") && /^(app|components)\//.test(from)) wrong.push(`lib must not import ${from}`);
    if (path.startsWith("components/") && from.startsWith("app/")) wrong.push(`components must not import ${from}`);
    if (path.startsWith("components/ui/") && /^(app|lib|components\/(?!ui\/))/.test(from))
      wrong.push(`components/ui must not import ${from}`);
    if (/^(app|components)\//.test(path) && from.startsWith("lib/db") && !isTypeOnly)
      wrong.push(`must not import ${from}; use queries`);
  }
  if (path === "lib/access/registry.ts" && importsOf(path, text).length > 0) wrong.push("the registry imports nothing");
  return wrong;
}

const nounOf = (path: string): string | null => {
  const folder = /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;
  return folder && !infrastructure.includes(folder) ? folder : null;
};

function nounsApart(path: string, text: string): string[] {
  const own = nounOf(path);
  if (!own || composers.includes(own)) return [];
  const others = importsOf(path, text).filter(({ from }) => nounOf(from) !== null && nounOf(from) !== own);
  return others.map(({ from }) => `noun ${own} must not import ${from}`);
}

function pureClients(path: string, text: string, sources: Sources): string[] {
  if (!/^["']use client["']/.test(text)) return [];
  return importsOf(path, text)
    .filter(({ from, isTypeOnly }) => from.startsWith("lib/") && !isTypeOnly)
    .filter(({ from }) => {
      const target = sources.get(`${from}.ts`) ?? sources.get(`${from}.tsx`) ?? "";
      return !/^["']use server["']/.test(target) && /import "server-only"|from "(\.\.\/)+db"|from "node:/.test(target);
    })
    .map(({ from }) => `a client file must not import ${from}`);
}

function guardedPages(path: string, text: string): string[] {
  const address = /^app\/\(app\)(\/.+)\/page\.tsx$/.exec(path)?.[1];
  if (!address) return [];
  const page = functionsOf(path, text).find(({ isDefault }) => isDefault);
  const first = page?.first ?? "";
  return first.includes(`await requirePage("${address}")`)
    ? []
    : [`the page must begin with requirePage("${address}")`];
}

function guardedQueries(path: string, text: string): string[] {
  if (!/^lib\/.+\/queries\.ts$/.test(path)) return [];
  return functionsOf(path, text)
    .filter(({ isExported, first }) => isExported && !/await requireRight\(/.test(first))
    .map(({ name }) => `${name} must begin with requireRight(...)`);
}

function madeActions(path: string, text: string): string[] {
  if (!/^lib\/.+\/actions\.ts$/.test(path)) return [];
  const wrong = /^["']use server["']/.test(text) ? [] : ['must begin with "use server"'];
  for (const statement of parse(path, text).statements) {
    if (
      !ts.canHaveModifiers(statement) ||
      !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    )
      continue;
    const made =
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.every((one) =>
        /^(action|publicAction)\(/.test(one.initializer?.getText() ?? ""),
      );
    if (!made) wrong.push(`every export is made by action(...): ${statement.getText().slice(0, 60)}`);
  }
  return wrong;
}

/** Open to everybody by design: whether the server lives, and the renewal of one's own hint. */
const openDoors = ["app/api/health/route.ts", "app/api/session/refresh/route.ts"];

function madeDoors(path: string, text: string): string[] {
  if (!/^app\/.+\/route\.ts$/.test(path) || openDoors.includes(path)) return [];
  const exported = [...text.matchAll(/^export (?:const|async function|function) (\w+)(.*)$/gm)];
  const methods = exported.filter(([, name]) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name ?? ""));
  return methods
    .filter(([, , rest]) => !/^ = (personDoor|door)[<(]/.test(rest ?? ""))
    .map(([, name]) => `${name} must be made by door(...) or personDoor(...)`);
}

function noRoleNames(path: string, text: string): string[] {
  if (path.startsWith("lib/access/") || !/^(app|components|lib|middleware)/.test(path)) return [];
  return /[!=]==?\s*["'](admin|operator|reporter|viewer)["']|\bbuiltIn\s*[!=]==/i.test(text)
    ? ["a role name is compared outside of lib/access"]
    : [];
}

function dangers(path: string, text: string): string[] {
  const wrong: string[] = [];
  if (/dangerouslySetInnerHTML/.test(text)) wrong.push("no dangerouslySetInnerHTML");
  if (/sql\.raw\(|sql\.identifier\(|\.unsafe\(/.test(text) && !path.startsWith("lib/db/")) wrong.push("no raw SQL");
  if (/\bdb\(\)\s*\.(insert|update|delete)\(/.test(text)) wrong.push("writes go through transaction(...)");
  if (/\beval\(|new Function\(/.test(text)) wrong.push("no code from text");
  if (path.endsWith("/loading.tsx")) wrong.push("loading.tsx above a guard turns a 403 into a 200");
  return wrong;
}

function names(path: string, text: string): string[] {
  const wrong: string[] = [];
  const own = path.replace(/^app\//, "").split("/");
  if (own.some((part) => !/^([a-z0-9]+(-[a-z0-9]+)*|\([a-z]+\)|\[[a-z]+\])(\.[a-z0-9]+)*$/.test(part)))
    wrong.push("names are kebab-case");
  if (/\/index\.tsx?$/.test(path) && path !== "lib/db/index.ts") wrong.push("no barrels");
  if (text.split("\n").length > 201) wrong.push("more than 200 lines");
  return wrong;
}

/** Registry and pages agree in both directions. */
function missingPages(sources: Sources): string[] {
  const files = [...sources.keys()].flatMap((path) => /^app\/\([a-z]+\)(\/.+)\/page\.tsx$/.exec(path)?.[1] ?? []);
  const listed: string[] = pages.map(({ path }) => path);
  return [
    ...listed.filter((path) => !files.includes(path)).map((path) => `lib/access/registry.ts: no page.tsx for ${path}`),
    ...files.filter((path) => !listed.includes(path)).map((path) => `app${path}: not in the registry`),
  ];
}

const parse = (path: string, text: string) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

function importsOf(path: string, text: string): Import[] {
  return parse(path, text)
    .statements.filter(
      (statement) =>
        ts.isImportDeclaration(statement) || (ts.isExportDeclaration(statement) && statement.moduleSpecifier),
    )
    .map((statement) => {
      const { moduleSpecifier } = statement as ts.ImportDeclaration;
      const clause = (statement as ts.ImportDeclaration).importClause;
      return {
        from: resolve(path, (moduleSpecifier as ts.StringLiteral).text),
        isTypeOnly: clause?.isTypeOnly ?? false,
      };
    });
}

/** @returns the path from the root that a specifier means; packages stay as they are. */
function resolve(path: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return `package ${specifier}`;
  const parts = path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function functionsOf(path: string, text: string) {
  return parse(path, text)
    .statements.filter((statement) => ts.isFunctionDeclaration(statement))
    .map((statement) => {
      const kinds = ts.getModifiers(statement)?.map(({ kind }) => kind) ?? [];
      return {
        name: statement.name?.text ?? "default",
        first: statement.body?.statements[0]?.getText() ?? "",
        isExported: kinds.includes(ts.SyntaxKind.ExportKeyword),
        isDefault: kinds.includes(ts.SyntaxKind.DefaultKeyword),
      };
    });
}
