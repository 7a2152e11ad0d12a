// The real @clerk/backend with its resource classes in reach. They sit in a bundled chunk that exports none of them: a
// copy below the install directory gets one more export statement. Nothing of it is committed.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installDir } from './modules.mjs';

const PACKAGE = join(installDir, 'node_modules/@clerk/backend');

/** Loads the module that declares the classes; gives each class that has a static `fromJSON` by its own name. */
export async function loadClasses() {
  const copy = join(installDir, 'opened');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of ['package.json', 'dist']) cpSync(join(PACKAGE, part), join(copy, part), { recursive: true });
  const file = chunkWithClasses(join(copy, 'dist'));
  const names = classNames(readFileSync(file, 'utf8'));
  const list = [...names].map(([variable, name]) => `${variable} as __oracle_${name}`);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nexport { ${list.join(', ')} };\n`);
  const module = await import(pathToFileURL(file));
  return new Map([...names.values()].sort().map(name => [name, module[`__oracle_${name}`]]));
}

function chunkWithClasses(dir) {
  const files = readdirSync(dir).filter(name => name.endsWith('.mjs')).map(name => join(dir, name));
  const found = files.filter(file => /\n  static fromJSON\(/.test(readFileSync(file, 'utf8')));
  if (found.length !== 1) throw new Error(`expected one chunk with resource classes in ${dir}, found ${found.length}`);
  return found[0];
}

/** Variable → class name; a bundler may have renamed the variable (`Cookies2`), never the class itself (`_Cookies`). */
function classNames(source) {
  const names = new Map();
  const starts = [...source.matchAll(/^var (\w+) = class (\w+)?/gm)];
  starts.forEach((match, i) => {
    const body = source.slice(match.index, starts[i + 1]?.index);
    if (/\n  static fromJSON\(/.test(body.slice(0, body.indexOf('\n};')))) names.set(match[1], (match[2] ?? match[1]).replace(/^_/, ''));
  });
  return names;
}

/** Whether the package is there at all. */
export const backendInstalled = () => existsSync(PACKAGE);
