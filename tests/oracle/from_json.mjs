#!/usr/bin/env node
// What the real @clerk/backend builds from wire documents: `JSON.stringify(Class.fromJSON(document))`, private keys left out.
//
//   node from_json.mjs [--seed N] [--random N] [--out recorded/from_json.json] [--map recorded/from_json_map.json]
//
// Answers, one line a class: { class, source, parameter, documents: [{ is, valid, document, gives | throws }] }. `is` names the
// variant: minimal, maximal, random, `unknown` (a value that no literal union knows), `extra` (undeclared keys beside),
// `absent key` and `null key` (the minimal or maximal document with one key changed). `valid`: by the declared parameter type.
//
// The map, made by watching which keys are read and what comes of them:
// { class: { parameter, fields: { field: key | { from, class, list, as, odd, absent, null, false, zero, empty } },
// unread, undeclared, throws } }: `class` and `list`: built by that class; `as`: `URL`, or `camel` for a plain object whose keys
// are renamed; then what the field is when its keys are absent, null, or falsy, where that is not the value itself.

import { writeFileSync } from 'node:fs';
import { parseArgs } from './lib/args.mjs';
import { loadClasses } from './lib/backend.mjs';
import { fromJsonClasses } from './lib/classes.mjs';
import { openProgram } from './lib/program.mjs';
import { Data, literalOf } from './lib/data.mjs';
import { Generator } from './lib/generate.mjs';
import { Judge } from './lib/accepts.mjs';
import { random } from './lib/random.mjs';
import { traceClass } from './lib/trace.mjs';

async function main() {
  const args = parseArgs(process.argv.slice(2));
  const opened = openProgram({ package: '@clerk/backend' });
  const data = new Data(opened);
  const declared = fromJsonClasses(opened);
  const classes = await loadClasses();
  const present = declared.filter(each => classes.has(each.name));
  const maker = new Maker(data, args);
  const answers = present.map(each => ({ class: each.name, source: each.source, parameter: each.parameter, documents: maker.answers(each, classes.get(each.name)) }));
  const map = Object.fromEntries(present.map(each => [each.name, { parameter: each.parameter, ...traceClass(each, classes, data, maker) }]));
  write(args.out, rows(answers));
  write(args.map, table(map));
  const documents = answers.reduce((sum, each) => sum + each.documents.length, 0);
  const names = list => (list.length ? list.join(', ') : 'none');
  process.stderr.write(`${present.length} classes, ${documents} documents\n`);
  process.stderr.write(`declared, not in the bundle: ${names(declared.filter(each => !classes.has(each.name)).map(each => each.name))}\n`);
  process.stderr.write(`in the bundle, not declared: ${names([...classes.keys()].filter(name => !declared.some(each => each.name === name)))}\n`);
}

class Maker {
  constructor(data, args) {
    this.generator = new Generator(data);
    this.unbounded = new Generator(data, { large: 20000 });
    this.judge = new Judge(data);
    this.seed = args.seed ?? 1;
    this.random = Number(args.random ?? 4);
  }

  make(type, variant, rng) {
    return urls(this.generator.make(type, variant, rng));
  }

  /** A document with everything in it, however large: for tracing, not for recording. */
  whole(type, rng) {
    return urls(this.unbounded.make(type, 'maximal', rng));
  }

  answers({ name, type }, built) {
    const rng = random(`${this.seed} ${name}`);
    const minimal = this.make(type, 'minimal', rng);
    const maximal = this.make(type, 'maximal', rng);
    const list = [['minimal', minimal.document], ['maximal', maximal.document]];
    for (let i = 0; i < this.random; i++) list.push(['random', this.make(type, 'random', rng).document]);
    list.push(...unknowns(maximal), ['extra', { ...minimal.document, undeclared_key: { a: [1] }, anotherKey: null }]);
    for (const key of Object.keys(maximal.document)) list.push(...changed(key, minimal.document, maximal.document));
    return list.map(([is, document]) => ({ is, valid: this.judge.accepts(type, document), document, ...answer(built, document) }));
  }
}

/** Texts under a key that names a URL are made to be one: `fromJSON` parses them. */
function urls(made) {
  for (const { path } of made.sites) {
    if (!/ur[li]s?$/i.test(String(path.at(-1)))) continue;
    const owner = path.slice(0, -1).reduce((inner, key) => inner[key], made.document);
    if (typeof owner[path.at(-1)] === 'string') owner[path.at(-1)] = `https://example.com/${path.join('/')}`;
  }
  return made;
}

/** The maximal document with each literal union's text replaced by one that nobody knows yet. */
function unknowns({ document, sites }) {
  const places = sites.filter(({ type }) => type.isUnion() && type.types.filter(arm => typeof literalOf(arm) === 'string').length > 1);
  if (!places.length) return [];
  const copy = structuredClone(document);
  for (const { path } of places) {
    const owner = path.slice(0, -1).reduce((inner, key) => inner?.[key], copy);
    if (typeof owner?.[path.at(-1)] === 'string') owner[path.at(-1)] = 'a_value_of_tomorrow';
  }
  return [['unknown', copy]];
}

/** One key absent, one key null: from the smaller document that has the key. */
function changed(key, minimal, maximal) {
  const base = key in minimal ? minimal : maximal;
  const { [key]: _, ...without } = base;
  const absent = key in minimal ? [[`absent ${key}`, without]] : [];
  return base[key] === null ? absent : [...absent, [`null ${key}`, { ...base, [key]: null }]];
}

function answer(built, document) {
  try {
    return { gives: JSON.parse(JSON.stringify(built.fromJSON(structuredClone(document)), withoutPrivate)) };
  } catch (error) {
    return { throws: error.name };
  }
}

/** `_raw` holds the whole input, and a metadata's keys are no fields: only class instances lose private keys. */
function withoutPrivate(key, value) {
  if (key.startsWith('_') && this.constructor !== Object) return undefined;
  return value;
}

const rows = list => `[\n${list.map(each => JSON.stringify(each)).join(',\n')}\n]\n`;

const table = map => `{\n${Object.keys(map).map(name => `${JSON.stringify(name)}:${JSON.stringify(map[name])}`).join(',\n')}\n}\n`;

function write(file, text) {
  if (file) writeFileSync(file, text);
}

await main();
