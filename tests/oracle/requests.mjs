#!/usr/bin/env node
// What the real SDK sends: every method of every API class called with generated arguments against a local server.
//
//   node requests.mjs [--seed N] [--out recorded/requests.json]
//
// One line a call: { call, variant, parameters, args, requests: [{ method, path, headers, query, body }], keys }. `args` are in
// TypeScript's names, `query` is a list of pairs as sent. `keys` says of each key of the object arguments where its
// value went: `path`, `header:name`, `query:name`, `body:name`, or `nowhere`.

import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from './lib/args.mjs';
import { installDir, ts } from './lib/modules.mjs';
import { openProgram } from './lib/program.mjs';
import { qualifiedName } from './lib/reach.mjs';
import { Data, isCallable } from './lib/data.mjs';
import { Generator } from './lib/generate.mjs';
import { random } from './lib/random.mjs';

async function main() {
  const args = parseArgs(process.argv.slice(2));
  const opened = openProgram({ package: '@clerk/backend', entries: ['.'] });
  const server = await startServer();
  const { createClerkClient } = await import(pathToFileURL(join(installDir, 'node_modules/@clerk/backend/dist/index.mjs')));
  const client = createClerkClient({ apiUrl: server.url, secretKey: 'sk_test_x', machineSecretKey: 'ak_test_x', telemetry: { disabled: true } });
  const calls = callsOf(opened, args.seed ?? 1);
  const lines = [];
  for (const call of calls.list) {
    const requests = await server.during(() => client[call.resource][call.method](...structuredClone(call.args).map((each, i) => revive(each, call.dates[i]))));
    if (requests.length) lines.push(describe(call, requests));
    else calls.skipped.add(`${call.resource}.${call.method} (sent nothing)`);
  }
  server.close();
  const text = `[\n${lines.map(each => JSON.stringify(each)).join(',\n')}\n]\n`;
  if (args.out) writeFileSync(args.out, text);
  else process.stdout.write(text);
  process.stderr.write(`${lines.length} calls, skipped: ${[...calls.skipped].join(', ') || 'none'}\n`);
}

/** The calls to make: for each method a smallest and a fullest set of arguments, and one for each arm of a union. */
function callsOf(opened, seed) {
  const data = new Data(opened);
  const generator = new Generator(data, { plain: true, large: 5000 });
  const skipped = new Set();
  const list = [];
  for (const { resource, method, signature } of methods(opened, data)) {
    const types = signature.parameters.map(each => opened.checker.getTypeOfSymbol(each));
    const optional = signature.parameters.map(each => opened.checker.isOptionalParameter(each.valueDeclaration));
    if (types.some((type, i) => !optional[i] && (!data.isData(type) || hasBlob(data, type)))) skipped.add(`${resource}.${method} (not data)`);
    else list.push(...variants({ resource, method, types, optional, names: signature.parameters.map(each => each.name) }, generator, data, seed));
  }
  return { list, skipped };
}

function methods(opened, data) {
  const { checker, program } = opened;
  const module = checker.getSymbolAtLocation(program.getSourceFile(opened.entryFiles[0]));
  const factory = checker.getExportsOfModule(module).find(each => each.name === 'createClerkClient');
  const target = factory.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(factory) : factory;
  const client = checker.getTypeOfSymbol(target).getCallSignatures()[0].getReturnType();
  const resources = data.properties(client).filter(each => each.type.symbol?.flags & ts.SymbolFlags.Class);
  return resources.flatMap(({ name: resource, type }) =>
    data.properties(type).filter(each => isCallable(each.type)).flatMap(each => each.type.getCallSignatures().slice(0, 1).map(signature => ({ resource, method: each.name, signature }))),
  );
}

/** A file to upload is no JSON. */
function hasBlob(data, type) {
  return data.withoutNull(type).some(arm => arm.flags & ts.TypeFlags.Object && data.properties(arm).some(({ type: inner }) => data.withoutNull(inner).some(each => ['Blob', 'File'].includes(each.symbol?.name))));
}

function variants(call, generator, data, seed) {
  const { resource, method, types, optional, names } = call;
  const rng = random(`${seed} ${resource}.${method}`);
  const arms = Math.max(1, ...types.map(type => generator.choices(nonNull(data, type)).length));
  const plans = [['minimal', 0]];
  for (let arm = 0; arm < Math.min(arms, 4); arm++) plans.push(['maximal', arm]);
  const parameters = types.map(type => typeName(data, type));
  const made = plans.map(([variant, arm]) => {
    const count = variant === 'minimal' && optional.includes(true) ? optional.indexOf(true) : types.length;
    const values = types.slice(0, count).map((type, i) => argument(nonNull(data, type), variant, arm, names[i], generator, rng));
    return { resource, method, variant, parameters, args: values.map(each => each.document), dates: values.map(each => each.dates) };
  });
  const seen = new Set();
  return made.filter(each => !seen.has(JSON.stringify(each.args)) && seen.add(JSON.stringify(each.args)));
}

const nonNull = (data, type) => data.checker.getNonNullableType(type);

function argument(type, variant, arm, name, generator, rng) {
  const choices = generator.choices(type).length;
  const made = generator.make(type, variant, rng, type.isUnion() ? arm % choices : undefined);
  const document = made.document === undefined ? {} : typeof made.document === 'string' && /^text_/.test(made.document) ? `${name}_${rng.below(1000)}` : made.document;
  const dates = made.sites.filter(site => generator.data.withoutNull(site.type).some(each => each.symbol?.name === 'Date')).map(site => site.path);
  return { document, dates };
}

function revive(value, dates) {
  for (const path of dates) {
    const owner = path.slice(0, -1).reduce((inner, key) => inner[key], value);
    if (typeof owner[path.at(-1)] === 'string') owner[path.at(-1)] = new Date(owner[path.at(-1)]);
  }
  return value;
}

function typeName(data, type) {
  const inner = nonNull(data, type);
  const symbol = inner.aliasSymbol ?? inner.symbol;
  return symbol && !symbol.name.startsWith('__') ? qualifiedName(symbol) : data.checker.typeToString(inner, undefined, ts.TypeFormatFlags.None).slice(0, 60);
}

function describe({ resource, method, variant, parameters, args }, requests) {
  return { call: `${resource}.${method}`, variant, parameters, args, requests, keys: keysOf(args, requests) };
}

function keysOf(args, requests) {
  const keys = {};
  for (const arg of args.filter(each => each !== null && typeof each === 'object' && !Array.isArray(each))) {
    for (const key of Object.keys(arg)) keys[key] = whereIs(key, arg[key], requests);
  }
  return keys;
}

function whereIs(key, value, requests) {
  const name = squeeze(key);
  const found = requests.map(({ path, headers, query, body }) => {
    const inBody = body && Object.keys(Array.isArray(body) ? body[0] : body).find(each => squeeze(each) === name);
    if (inBody) return `body:${inBody}`;
    const inQuery = query.find(([each]) => squeeze(each) === name);
    if (inQuery) return `query:${inQuery[0]}`;
    const header = Object.keys(headers).find(each => headers[each].endsWith(String(value)));
    if (header) return `header:${header}`;
    return typeof value === 'string' && path.includes(encodeURIComponent(value)) ? 'path' : undefined;
  });
  return [...new Set(found.filter(Boolean))].join(' ') || 'nowhere';
}

const squeeze = name => name.replace(/_/g, '').toLowerCase();

/** A server on loopback that answers everything with an empty object and notes what it was asked. */
async function startServer() {
  let log = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url, 'http://localhost');
    const text = Buffer.concat(chunks).toString();
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => ['authorization', 'idempotency-key'].includes(name)));
    log.push({ method: request.method, path: url.pathname, headers, query: [...url.searchParams], ...(text ? { body: JSON.parse(text) } : {}) });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"data":[],"total_count":0}');
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const during = async call => {
    log = [];
    // What the method makes of the empty answer is no matter here.
    await Promise.resolve().then(call).catch(() => undefined);
    return log;
  };
  return { url: `http://127.0.0.1:${server.address().port}`, during, close: () => server.close() };
}

await main();
