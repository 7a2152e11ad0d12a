#!/usr/bin/env node
// Facts about the API from its own specifications, and from documents that were seen: for each schema, body, answer and
// event, property by property, whether it is required and nullable, its kinds and values; the form of each example; how
// often documents had less than the declarations ask for. No text of the specifications is among them.
//
//   node api_facts.mjs BAPI.yml WEBHOOKS.yml OBSERVED.tsv [--out recorded/api_facts.json]
//
// `cargo test -p tests --test api_spec` holds the facts against the generated types.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { form } from './lib/example.mjs';
import { lines } from './lib/lines.mjs';
import { oracleDir, yaml } from './lib/modules.mjs';
import { OpenApi, json } from './lib/openapi.mjs';

function main() {
  const args = parseArgs(process.argv.slice(2));
  if (args._.length !== 3) throw new Error('name three files: the API, its webhooks, and what was observed');
  const [api, webhooks] = args._.slice(0, 2).map(path => new OpenApi(yaml().parse(readFileSync(path, 'utf8'))));
  const [of, ofWebhooks] = args._.slice(0, 2).map(dated);
  const facts = {
    api: { version: of, schemas: api.schemas(), ...api.operations() },
    webhooks: { version: ofWebhooks, schemas: webhooks.schemas(), events: events(webhooks) },
    observed: observed(readFileSync(args._[2], 'utf8')),
  };
  const out = resolve(args.out ?? join(oracleDir, 'recorded/api_facts.json'));
  writeFileSync(out, `${lines(facts)}\n`);
  process.stderr.write(`${Object.keys(facts.api.schemas).length} and ${Object.keys(facts.webhooks.schemas).length} schemas, ${Object.keys(facts.webhooks.events).length} events\n`);
}

/** The date in a file's name: the specification of the webhooks itself says `v1` of every version. */
function dated(path) {
  const date = /\d{4}-\d{2}-\d{2}/.exec(basename(path))?.[0];
  if (!date) throw new Error(`${path}: the file's name has no date`);
  return date;
}

/** Each event: the shape of what it carries, and the forms of its examples. */
function events(webhooks) {
  const found = Object.entries(webhooks.document['x-webhooks']).map(([name, { post }]) => {
    const shape = webhooks.shape(json(post.requestBody));
    const { example, examples = {} } = post.requestBody.content['application/json'];
    const values = [example, ...Object.values(examples).map(each => webhooks.follow(each).value)].filter(each => each !== undefined);
    return [name, { ...shape, examples: values.map(value => form(value, shape, each => webhooks.spread(each))) }];
  });
  return Object.fromEntries(found);
}

/** Rows of a type, a property, what documents had there, and in how many of each kind. */
function observed(text) {
  const rows = text.split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'));
  return rows.map(([type, property, what, ...counts]) => ({ type, property, what, counts: counts.map(Number) }));
}

main();
