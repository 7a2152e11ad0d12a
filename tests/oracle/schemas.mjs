#!/usr/bin/env node
// JSON documents by a second way than that of `documents.mjs`: the JSON schema that `ts-json-schema-generator` makes of a
// type, and what `json-schema-faker` makes of that. A schema says less than a type, and now and then something else: what
// is kept is valid under both, by TypeScript's own word, and holds what is data (`lib/data.mjs`) only.
//
//   node schemas.mjs --package NAME [--root DIR] [--entry ./x …] | --file a.d.ts …
//        [--types FILE] [--seed N]       as for `documents.mjs`
//        [--types-most N]                of so many types at most: the seed says which
//        [--each N]                      documents a type
//        [--out FILE] [-v]
//
// One JSON line a document, as `documents.mjs` writes them.

import { readFileSync, writeFileSync } from 'node:fs';
import { faker, schemaGenerator, ts } from './lib/modules.mjs';
import { many, parseArgs } from './lib/args.mjs';
import { openProgram } from './lib/program.mjs';
import { Data } from './lib/data.mjs';
import { Judge } from './lib/accepts.mjs';
import { random } from './lib/random.mjs';
import { kindOf } from './lib/reach.mjs';
import { documentTypes } from './lib/types.mjs';
import { verify } from './lib/verify.mjs';

/** Undeclared properties, defaults and examples are nothing that a type says. */
const FAKER = { fillProperties: false, useDefaultValue: false, useExamplesValue: false, maxDepth: 6, maxDefaultItems: 2 };

/** How much text the declarations may be that a type leads to: the schema of half a package takes minutes. */
const LARGEST = 40_000;

/** How much text all schemas together may be. */
const ALL = 30_000_000;

async function main() {
  const args = parseArgs(process.argv.slice(2), ['verbose']);
  const opened = openProgram({ package: args.package, root: args.root, entries: many(args.entry), files: many(args.file) });
  const data = new Data(opened);
  const among = args.types && new Set(readFileSync(args.types, 'utf8').split('\n'));
  const types = chosen(documentTypes(opened, data, { among }), args);
  const maker = new Maker(opened, await faker(), args);
  const samples = types.flatMap(type => maker.samples(type));
  const kept = valid(opened, data, samples, args.verbose);
  const text = kept.map(line).join('');
  if (args.out) writeFileSync(args.out, text);
  else process.stdout.write(text);
  process.stderr.write(`${types.length} types, ${maker.without} without a schema or a document, ${kept.length} documents, ${samples.length - kept.length} left out\n`);
}

function chosen(types, { 'types-most': most = Infinity, seed = 1 }) {
  return random(`${seed} schemas`).shuffle(types).slice(0, Number(most));
}

class Maker {
  constructor(opened, { generateSync }, args) {
    const { program } = opened;
    const { SchemaGenerator, createParser, createFormatter, DEFAULT_CONFIG } = schemaGenerator();
    const config = { ...DEFAULT_CONFIG, expose: 'none', jsDoc: 'none', topRef: false, functions: 'hide', strictTuples: true };
    this.schemas = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
    this.opened = opened;
    this.generate = generateSync;
    this.seed = Number(args.seed ?? 1);
    this.each = Number(args.each ?? 3);
    this.without = 0;
    this.left = ALL;
  }

  samples({ name, source, symbol, type }) {
    const out = [];
    try {
      const schema = this.schema(symbol);
      for (let n = 0; n < this.each; n++) {
        const document = this.generate(schema, { ...FAKER, seed: this.seed + n, optionalsProbability: n / Math.max(1, this.each - 1) });
        if (document !== undefined) out.push({ type: name, source, symbol, declared: type, variant: 'schema', document });
      }
    } catch {
      // Neither library knows all that TypeScript does.
      this.without++;
    }
    return distinct(out);
  }

  schema(symbol) {
    if (this.left < 0 || leadsTo(this.opened, symbol) > LARGEST) throw new Error('too much');
    const schema = this.schemas.createSchemaFromNodes([symbol.declarations[0]]);
    this.left -= JSON.stringify(schema).length;
    return schema;
  }
}

/** How much text the declarations are that a type leads to; no more than a little above the largest. */
function leadsTo({ checker, program }, symbol) {
  const seen = new Set();
  const queue = [];
  let size = 0;
  const add = found => {
    const target = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    if (!target || seen.has(target)) return;
    seen.add(target);
    queue.push(...(target.declarations ?? []).filter(node => kindOf(node) && !program.isSourceFileDefaultLibrary(node.getSourceFile())));
  };
  const visit = node => {
    if (ts.isTypeReferenceNode(node)) add(checker.getSymbolAtLocation(node.typeName));
    else if (ts.isExpressionWithTypeArguments(node)) add(checker.getSymbolAtLocation(node.expression));
    else if (ts.isTypeQueryNode(node)) add(checker.getSymbolAtLocation(node.exprName));
    else if (ts.isImportTypeNode(node) && node.qualifier) add(checker.getSymbolAtLocation(node.qualifier));
    ts.forEachChild(node, visit);
  };
  add(symbol);
  for (let node = queue.pop(); node && size <= LARGEST; node = queue.pop()) {
    size += node.end - node.pos;
    if (size <= LARGEST) visit(node);
  }
  return size;
}

function distinct(samples) {
  const seen = new Set();
  return samples.filter(({ document }) => !seen.has(JSON.stringify(document)) && seen.add(JSON.stringify(document)));
}

/** What TypeScript takes too, and holds declared properties only. */
function valid(opened, data, samples, verbose) {
  const judge = new Judge(data);
  const answers = verify(opened, samples);
  return samples.filter(({ type, declared, document }, i) => {
    const taken = answers[i]?.valid && judge.holds(declared, document);
    if (!taken && verbose) process.stderr.write(`${type}: ${answers[i]?.why ?? 'not taken'}\n  ${JSON.stringify(document)}\n`);
    return taken;
  });
}

const line = ({ type, source, variant, document }) => `${JSON.stringify({ type, source, variant, valid: true, judged: true, document })}\n`;

await main();
