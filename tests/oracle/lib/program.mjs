// One TypeScript program over the entries of a package (or over local files), with the options most users have.

import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ts, installDir } from './modules.mjs';

const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
};

/**
 * Opens a package.
 * @param {{package?: string, root?: string, entries?: string[], files?: string[]}} input `root` is the directory that
 *   holds `node_modules`; `entries` are export subpaths, by default every one that has types.
 */
export function openProgram(input) {
  const root = resolve(input.root ?? installDir);
  const entryFiles = input.files?.length ? input.files.map(file => resolve(file)) : entriesOf(input.package, input.entries, root);
  const program = ts.createProgram({ rootNames: entryFiles, options: OPTIONS });
  return { program, checker: program.getTypeChecker(), entryFiles, root, options: OPTIONS, nameOf: fileNamer() };
}

function entriesOf(name, wanted, root) {
  const subpaths = wanted?.length ? wanted : exportedSubpaths(name, root);
  const files = subpaths.map(subpath => [subpath, typesOf(name, subpath, root)]);
  const missing = files.filter(([, file]) => !file).map(([subpath]) => subpath);
  if (wanted?.length && missing.length) throw new Error(`no types for ${missing.join(', ')} of ${name}`);
  const found = [...new Set(files.map(([, file]) => file).filter(Boolean))];
  if (!found.length) throw new Error(`${name} has no types below ${root}`);
  return found;
}

function typesOf(name, subpath, root) {
  const specifier = subpath === '.' ? name : `${name}/${subpath.replace(/^\.\//, '')}`;
  const { resolvedModule } = ts.resolveModuleName(specifier, join(root, 'entry.ts'), OPTIONS, ts.sys);
  const file = resolvedModule?.resolvedFileName;
  return file && /\.[cm]?tsx?$/.test(file) ? file : undefined;
}

function exportedSubpaths(name, root) {
  const dir = join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const map = manifest.exports;
  if (!map && !typesOf(name, '.', root)) return pathsOf(dir);
  if (!map || typeof map === 'string' || !Object.keys(map).some(key => key.startsWith('.'))) return ['.'];
  return Object.keys(map).filter(key => map[key] !== null && !key.endsWith('package.json')).flatMap(key => expandPattern(key, dir, map));
}

/** What has neither `exports` nor a main entry is imported by the path of each of its files. */
function pathsOf(dir) {
  const declared = /\.d\.[cm]?ts$/;
  return listFiles(dir).filter(file => declared.test(file)).map(file => './' + relative(dir, file).replace(declared, '')).sort();
}

/** A subpath with `*` stands for every file that its target's pattern matches. */
function expandPattern(key, dir, map) {
  if (!key.includes('*')) return [key];
  const target = firstTarget(map[key]);
  if (!target?.includes('*')) return [];
  const [before, after] = target.split('*');
  const names = listFiles(join(dir, dirname(before + 'x')))
    .map(file => './' + relative(dir, file))
    .filter(file => file.startsWith(before) && file.endsWith(after))
    .map(file => file.slice(before.length, file.length - after.length));
  return names.map(name => key.replace('*', name)).sort();
}

function firstTarget(value) {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return undefined;
  return firstTarget(value.types ?? Object.values(value)[0]);
}

function listFiles(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? (entry.name === 'node_modules' ? [] : listFiles(join(dir, entry.name))) : [join(dir, entry.name)],
  );
}

/** Names a file as the coverage does: below its package, with the package's name; no path of this machine. */
function fileNamer() {
  return fileName => {
    const at = fileName.lastIndexOf('/node_modules/');
    if (at < 0) return relative(process.cwd(), fileName);
    return fileName.slice(at + '/node_modules/'.length);
  };
}

/** `name@version` of every package that the program read a declaration from, in order. */
export function packagesOf(program) {
  const found = new Set();
  for (const file of program.getSourceFiles()) {
    const match = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file.fileName);
    if (!match || match[2] === 'typescript') continue;
    const manifest = JSON.parse(readFileSync(join(match[1], 'package.json'), 'utf8'));
    found.add(`${match[2]}@${manifest.version}`);
  }
  return [...found].sort();
}
