#!/usr/bin/env node
// JSON documents for any declared type, from TypeScript's own checker: valid ones, and ones spoiled in one place.
//
//   node documents.mjs --package NAME [--root DIR] [--entry ./x …] | --file a.d.ts …
//        [--type NAME …] [--classes]     which types; default: every interface and alias exported or reached
//        [--types FILE]                  of them those in the file only, a line `source<TAB>name` each
//        [--seed N] [--random N]         random documents per type, beside a minimal and a maximal one per union arm
//        [--mutations N]                 spoiled documents per valid one
//        [--most N]                      documents of a package at most, beside a valid one of each type: the seed says which
//        [--fractions]                   numbers without a whole-number name may have a fraction
//        [--no-verify] [--out FILE] [-v]
//
// One JSON line a document: { type, source, variant, valid, judged, document } and, for a spoiled one, { mutation, path, tag }.
// `judged`: TypeScript agreed with `valid` when shown the document as `const x: T = …`; documents on which it does not
// agree are left out and counted on stderr. The rest it cannot judge (a `Date` written as text, a function left out).
// `tag`: the change is to a literal that may tell the arms of a union apart, so that a tolerant reader may take it.

import { readFileSync, writeFileSync } from 'node:fs';
import { many, parseArgs } from './lib/args.mjs';
import { openProgram } from './lib/program.mjs';
import { Data } from './lib/data.mjs';
import { Generator } from './lib/generate.mjs';
import { Judge } from './lib/accepts.mjs';
import { mutations } from './lib/mutate.mjs';
import { random } from './lib/random.mjs';
import { documentTypes } from './lib/types.mjs';
import { verify } from './lib/verify.mjs';

/** More arms than this get no document of their own each. */
const ARMS = 120;

function main() {
  const args = parseArgs(process.argv.slice(2), ['classes', 'fractions', 'no-verify', 'verbose']);
  const opened = openProgram({ package: args.package, root: args.root, entries: many(args.entry), files: many(args.file) });
  const data = new Data(opened);
  const maker = new Maker(data, args);
  const types = documentTypes(opened, data, { names: many(args.type), among: args.types && lines(args.types), classes: args.classes });
  const samples = thin(types.map(type => maker.samples(type)), args);
  const kept = args['no-verify'] ? samples : judge(opened, samples, args.verbose);
  const text = kept.map(line).join('');
  if (args.out) writeFileSync(args.out, text);
  else process.stdout.write(text);
  const invalid = kept.filter(each => !each.valid).length;
  process.stderr.write(`${types.length} types, ${kept.length - invalid} valid and ${invalid} invalid documents, ${samples.length - kept.length} left out\n`);
  if (maker.impossible.length) process.stderr.write(`no document for: ${maker.impossible.join(', ')}\n`);
}

const lines = file => new Set(readFileSync(file, 'utf8').split('\n'));

/** All documents, or as many as there may be: the first of every type, and some of the others. */
function thin(samples, { most = Infinity, seed = 1 }) {
  const rest = random(`${seed} thin`).shuffle(samples.flatMap(([, ...others]) => others));
  const kept = new Set(rest.slice(0, Number(most)));
  return samples.flatMap(([first, ...others]) => [first, ...others.filter(each => kept.has(each))]).filter(Boolean);
}

class Maker {
  constructor(data, args) {
    this.generator = new Generator(data, { fractions: args.fractions });
    this.judge = new Judge(data);
    this.seed = args.seed ?? 1;
    this.random = Number(args.random ?? 3);
    this.mutations = Number(args.mutations ?? 4);
    this.impossible = [];
  }

  samples({ name, source, symbol, type }) {
    const rng = random(`${this.seed} ${source} ${name}`);
    const made = this.plan(type).map(([variant, arm]) => ({ variant, made: this.generator.make(type, variant, rng, arm) })).filter(each => each.made);
    if (!made.length) this.impossible.push(name);
    const about = { type: name, source, symbol };
    return distinct(made).flatMap(({ variant, made }) => [
      { ...about, variant, valid: true, exact: made.exact, document: made.document },
      ...mutations(type, made, this.judge, rng, this.mutations).map(each => ({ ...about, variant, valid: false, exact: made.exact, ...each })),
    ]);
  }

  plan(type) {
    const arms = Math.min(this.generator.choices(type).length, ARMS);
    const list = [];
    for (let arm = 0; arm < arms; arm++) list.push(['minimal', arm], ['maximal', arm]);
    for (let i = 0; i < this.random; i++) list.push(['random']);
    return list;
  }
}

function distinct(made) {
  const seen = new Set();
  return made.filter(each => {
    const key = JSON.stringify(each.made.document);
    return !seen.has(key) && seen.add(key);
  });
}

/** Leaves out what TypeScript sees otherwise. */
function judge(opened, samples, verbose) {
  const exact = samples.filter(each => each.exact);
  const answers = verify(opened, exact);
  const left = new Set();
  exact.forEach((sample, i) => {
    if (!answers[i]) return;
    if (answers[i].valid === sample.valid) return (sample.judged = true);
    left.add(sample);
    if (verbose) process.stderr.write(`${sample.type} ${sample.mutation ?? sample.variant} ${(sample.path ?? []).join('.')}: ${answers[i].why ?? 'accepted'}\n  ${JSON.stringify(sample.document)}\n`);
  });
  return samples.filter(each => !left.has(each));
}

function line({ type, source, variant, valid, judged, mutation, path, tag, document }) {
  return `${JSON.stringify({ type, source, variant, valid, judged: judged ?? false, mutation, path, tag, document })}\n`;
}

main();
