// Holds "Who may import whom": the order of the modules, the kinds of file they show each other, no circles, no barrels,
// and no package that package.json does not declare. Usage: node .ci/check-imports.mjs [root]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A module imports only from those before it. A new folder under src/ takes its place here. */
const ORDER = [
  'common',
  'infra',
  'auth',
  'plugin-user',
  'payment',
  'subscription',
  'content',
  'commission',
  'enrollment-webhook',
  'webhook-endpoint',
  'notification',
  'feed',
];
/** Any of their files may be imported; the others show only their module, services and events. */
const OPEN = ['common', 'infra'];
const SHOWN = /(?:\.module|\.service|^src\/[^/]+\/(?:.+\/)?events\/[^/]+\.event)\.ts$/;
const FOLDERS = ['src', 'migrations', 'test', 'bench'];

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => sourceFiles(folder));
const known = new Set(files);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const shipped = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
const declared = new Set([...shipped, ...Object.keys(manifest.devDependencies ?? {})]);

const problems = [];
const graph = new Map();
for (const file of files) {
  const zone = zoneOf(file);
  if (zone.module !== undefined && !ORDER.includes(zone.module))
    report(file, 1, `src/${zone.module} has no place in the order of modules`);
  const source = parse(file);
  if (zone.name === 'src' && isBarrel(source)) report(file, 1, 'no barrels: import from the file that declares it');
  const targets = [];
  for (const found of importsOf(source)) {
    const target = found.specifier.startsWith('.') ? locate(file, found.specifier) : undefined;
    const fault = target === undefined ? packageFault(file, found) : importFault(file, target);
    if (fault !== undefined) report(file, found.line, fault);
    if (target !== undefined && target !== file) targets.push(target);
  }
  graph.set(file, targets);
}
for (const circle of circles()) report(circle[0], 1, `a circle: ${[...circle, circle[0]].join(' -> ')}`);

if (files.length === 0) report(root, 1, 'no source files found');
for (const problem of problems) console.error(problem);
console.log(`import rules: ${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function report(file, line, text) {
  problems.push(`${file}:${line} ${text}`);
}

function sourceFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** `name` is the top folder; `module` the folder under src/, absent for the files directly in it (`app`, `main`, ...). */
function zoneOf(file) {
  const [name, second, ...rest] = file.split('/');
  if (name !== 'src') return { name };
  return rest.length > 0 ? { name, module: second } : { name, entry: second };
}

function importFault(from, to) {
  const a = zoneOf(from);
  const b = zoneOf(to);
  if (b.name === 'bench') return a.name === 'bench' ? undefined : 'bench/ is imported by nobody';
  if (b.name === 'test') {
    return a.name === 'test' || from.endsWith('.spec.ts') ? undefined : 'test/ is imported by tests only';
  }
  if (a.name === 'test' || a.name === 'bench') return undefined;
  if (a.name === 'migrations') {
    return OPEN.includes(b.module) ? undefined : 'a migration imports only common and infra: it must outlive the rest';
  }
  if (b.name === 'migrations') {
    return from.startsWith('src/infra/database/') ? undefined : 'migrations are known to infra/database only';
  }
  if (a.entry !== undefined) return entryFault(a.entry, b, to);
  if (b.entry !== undefined) return `${b.entry} is imported by the entry points and tests only`;
  return moduleFault(a.module, b.module, to);
}

/** app.module binds one module's class to another's port, so it sees all; the other entry points see what is shown. */
function entryFault(entry, target, file) {
  const free = entry === 'app.module.ts' || target.entry !== undefined || OPEN.includes(target.module);
  return free || SHOWN.test(file) ? undefined : `${entry} may import what a module shows, not ${file}`;
}

function moduleFault(from, to, file) {
  if (from === to) return undefined;
  if (ORDER.indexOf(to) > ORDER.indexOf(from)) return `${from} may not import ${to}: it stands to its right`;
  if (OPEN.includes(to) || SHOWN.test(file)) return undefined;
  return `across modules only *.module, *.service and events/*.event are imported, not ${file}`;
}

function packageFault(file, { specifier, typeOnly }) {
  if (specifier.startsWith('.')) return `${specifier} does not exist`;
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? undefined : `write node:${specifier}`;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (!declared.has(name)) return `${name} is not declared in package.json`;
  const runs = !typeOnly && !file.endsWith('.spec.ts') && ['src', 'migrations'].includes(zoneOf(file).name);
  return runs && !shipped.has(name) ? `${name} is a devDependency: production has not got it` : undefined;
}

/** The file of ours that a relative specifier means; undefined where there is none. JSON and scripts are no concern. */
function locate(from, specifier) {
  const path = posix.join(posix.dirname(from), specifier);
  const candidates = [path, `${path}.ts`, path.replace(/\.js$/, '.ts'), `${path}/index.ts`];
  const found = candidates.find((candidate) => known.has(candidate));
  if (found !== undefined) return found;
  return /\.(json|js|mjs|cjs)$/.test(path) && existsSync(join(root, path)) ? from : undefined;
}

function parse(file) {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** An index, `export *`, or nothing but re-exports. */
function isBarrel(source) {
  const reExports = source.statements.filter((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined);
  if (posix.basename(source.fileName) === 'index.ts') return true;
  if (reExports.some((one) => one.exportClause === undefined)) return true;
  return reExports.length > 0 && reExports.length === source.statements.length;
}

function importsOf(source) {
  const found = [];
  const add = (node, literal, extra = {}) => {
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ specifier: literal.text, line, typeOnly: false, ...extra });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, { typeOnly: node.importClause?.isTypeOnly === true });
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, { typeOnly: node.isTypeOnly });
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.moduleReference.expression, { typeOnly: node.isTypeOnly });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, { typeOnly: true });
    } else if (ts.isCallExpression(node) && isModuleCall(node.expression)) {
      add(node, node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isModuleCall(callee) {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(callee) && callee.text === 'require';
}

/** Tarjan's strongly connected components of more than one file: each is named once, from its first file on. */
function circles() {
  const state = new Map();
  const stack = [];
  const result = [];
  const enter = (file) => {
    const own = { index: state.size, low: state.size, open: true };
    state.set(file, own);
    stack.push(file);
    for (const target of graph.get(file)) {
      const seen = state.get(target) ?? enter(target);
      if (seen.open) own.low = Math.min(own.low, seen.low);
    }
    if (own.low === own.index) close(file);
    return own;
  };
  const close = (file) => {
    const members = stack.splice(stack.indexOf(file));
    for (const member of members) state.get(member).open = false;
    if (members.length > 1) result.push(members);
  };
  for (const file of files) if (!state.has(file)) enter(file);
  return result;
}
