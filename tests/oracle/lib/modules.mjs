// Where the oracle's npm packages are installed. They never stand beside these scripts (nothing of them is committed),
// so plain `import` does not find them: the tests run `npm ci` in `target/oracle` and everything is required from there.

import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The directory of the scripts, where `package.json` and `recorded/` are. */
export const oracleDir = resolve(here, '..');

/** The directory that holds `node_modules`; `ORACLE_DIR` overrides the usual one below `target`. */
export const installDir = resolve(process.env.ORACLE_DIR ?? join(oracleDir, '../../target/oracle'));

const require = createRequire(join(installDir, 'package.json'));

/** The TypeScript compiler, as pinned by the oracle's lock file. */
export const ts = load('typescript');

/** The parts of `ts-json-schema-generator` that make a schema generator over a program that is there already. */
export const schemaGenerator = () => load('ts-json-schema-generator');

/** `json-schema-faker`, which `require` does not find: it is a module. */
export const faker = () => import(pathToFileURL(join(installDir, 'node_modules/json-schema-faker/dist/index.js')).href);

/** The YAML parser. */
export const yaml = () => load('yaml');

function load(name) {
  try {
    return require(name);
  } catch {
    throw new Error(`${name} is not installed in ${installDir}: copy package.json and package-lock.json there and run \`npm ci --ignore-scripts\``);
  }
}
