#!/usr/bin/env node
// Writes into each file of tests/documents/issues and tests/documents/deviations where the declared types refuse its
// document (`deviates`): what the recipe has to forgive, no more. With --check it only says which lists are out of date.
//
//   node deviations.mjs [--dir ../documents/issues] [--check]

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { oracleDir } from './lib/modules.mjs';
import { openProgram } from './lib/program.mjs';
import { Data } from './lib/data.mjs';
import { Judge } from './lib/accepts.mjs';
import { refusals } from './lib/refusals.mjs';
import { documentTypes } from './lib/types.mjs';

const args = parseArgs(process.argv.slice(2), ['check']);
const dirs = args.dir ? [resolve(args.dir)] : ['issues', 'deviations'].map(each => join(oracleDir, '../documents', each));
const opened = openProgram({ package: '@clerk/backend' });
const judge = new Judge(new Data(opened));
const types = new Map(documentTypes(opened, judge.data).map(each => [each.name, each.type]));
let stale = 0;
for (const file of dirs.flatMap(dir => readdirSync(dir).sort().map(name => join(dir, name)))) {
  const name = basename(file);
  const before = readFileSync(file, 'utf8');
  // Where it is from: `issue` or `after`.
  const { about, type, deviates: _, document, ...from } = JSON.parse(before);
  if (!types.has(type)) throw new Error(`${name}: no type ${type}`);
  const deviates = refusals(judge, types.get(type), document);
  const after = `${JSON.stringify({ ...from, about, type, deviates, document }, null, 2)}\n`;
  process.stdout.write(`${name}: ${deviates.join(', ') || 'valid'}\n`);
  if (after === before) continue;
  stale++;
  if (!args.check) writeFileSync(file, after);
}
if (args.check && stale) {
  process.stderr.write(`${stale} lists are out of date; run node deviations.mjs\n`);
  process.exitCode = 1;
}
