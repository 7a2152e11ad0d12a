#!/usr/bin/env node
// The census: every declaration that a package's entries export or reach, and for each object type its data properties
// as TypeScript's own checker evaluates them.
//
//   node census.mjs --package @clerk/backend [--entry . --entry ./jwt …] [--root DIR] [--out FILE]
//   node census.mjs --file a.d.ts [--file b.d.ts …]
//
// A property is a list: the kind of its value, then the words that hold of `optional`, `nullable`, `undefined` (required,
// but may be undefined) and `accessor`, then the properties of each anonymous object type in it. Nothing of upstream's text is recorded: names and facts only.

import { writeFileSync } from 'node:fs';
import { ts } from './lib/modules.mjs';
import { many, parseArgs } from './lib/args.mjs';
import { openProgram, packagesOf } from './lib/program.mjs';
import { kindOf, qualifiedName, reach } from './lib/reach.mjs';
import { Data, isCallable, isPrimitive, literalOf } from './lib/data.mjs';

const { TypeFlags } = ts;

/** How deep anonymous object types are described. */
const DEPTH = 4;

const args = parseArgs(process.argv.slice(2));
const opened = openProgram({ package: args.package, root: args.root, entries: many(args.entry), files: many(args.file) });
const data = new Data(opened);

function census() {
  const declarations = reach(opened).map(describe);
  declarations.sort((a, b) => compare(a.source, b.source) || compare(a.name, b.name));
  return { packages: packagesOf(opened.program), declarations };
}

/** One declaration; a merged one (interface and value, interface twice) is described as its type side. */
function describe(symbol) {
  const nodes = symbol.declarations.filter(node => kindOf(node));
  const node = ['class', 'interface', 'alias', 'enum'].map(word => nodes.find(each => kindOf(each) === word)).find(Boolean) ?? nodes[0];
  const file = node.getSourceFile();
  const entry = { name: qualifiedName(symbol), kind: kindOf(node), source: opened.nameOf(file.fileName), line: lineOf(node, file) };
  if (['class', 'interface', 'alias', 'enum'].includes(entry.kind)) Object.assign(entry, shape(symbol, node));
  return entry;
}

function lineOf(node, file) {
  return file.getLineAndCharacterOfPosition((node.name ?? node).getStart(file)).line + 1;
}

function shape(symbol, node) {
  const generic = (node.typeParameters ?? []).map(parameter => parameter.name.text);
  const type = opened.checker.getDeclaredTypeOfSymbol(symbol);
  const out = generic.length ? { generic } : {};
  if (ts.isEnumDeclaration(node)) return { ...out, members: enumMembers(symbol) };
  const properties = propertiesOf(type);
  if (properties) return { ...out, is: isCallable(type) ? 'function' : data.isData(type) ? 'object' : 'behaviour', properties, ...indexes(type) };
  const is = nullWord(type, kind(type, symbol));
  const anonymous = data.withoutNull(type).flatMap(arm => inner(arm, 0) ?? []);
  const arms = type.isUnion() && is.startsWith('union') ? { arms: armKinds(type, symbol) } : {};
  return { ...out, is, ...arms, ...(anonymous.length ? { anonymous } : {}) };
}

function enumMembers(symbol) {
  const members = {};
  for (const node of symbol.declarations.filter(ts.isEnumDeclaration).flatMap(each => [...each.members])) {
    members[opened.checker.getSymbolAtLocation(node.name).name] = opened.checker.getConstantValue(node) ?? null;
  }
  return members;
}

function nullWord(type, word) {
  return type.isUnion() && type.types.some(arm => arm.flags & TypeFlags.Null) ? `${word}|null` : word;
}

function armKinds(type, symbol) {
  const kinds = new Set(data.withoutNull(type).map(arm => kind(arm, symbol)));
  if (kinds.delete('true') && kinds.delete('false')) kinds.add('boolean');
  return [...kinds].sort();
}

/** The properties of an object-like type, undefined for anything else (arrays and library types among it). */
function propertiesOf(type, depth = 0) {
  if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection)) || data.isArrayLike(type) || data.isLibrary(type)) return undefined;
  if (type.isIntersection() && type.types.some(isPrimitive)) return undefined;
  const out = {};
  const properties = data.properties(type).filter(each => data.isData(each.type) || isNullBesideBigint(each.type));
  for (const property of properties.sort((a, b) => compare(a.name, b.name))) out[property.name] = facts(property, depth);
  return out;
}

/** Whether documents hold nothing of a type but `null`: beside it stands a bigint, which JSON does not have. */
function isNullBesideBigint(type) {
  const arms = data.withoutNull(type);
  const isBigint = arm => arm.flags & TypeFlags.BigIntLike;
  return arms.length > 0 && arms.every(isBigint) && data.arms(type).some(arm => arm.flags & TypeFlags.Null);
}

function facts(property, depth) {
  const kinds = data.arms(property.type);
  const facts = [isNullBesideBigint(property.type) ? 'null' : kind(property.type)];
  if (property.optional) facts.push('optional');
  if (kinds.some(arm => arm.flags & TypeFlags.Null)) facts.push('nullable');
  if (!property.optional && kinds.some(arm => arm.flags & TypeFlags.Undefined)) facts.push('undefined');
  if (property.accessor) facts.push('accessor');
  const anonymous = data.withoutNull(property.type).flatMap(arm => inner(arm, depth + 1) ?? []);
  return [...facts, ...anonymous];
}

/** The properties of an anonymous object type, also within an array: they have no entry of their own. */
function inner(type, depth) {
  if (depth >= DEPTH) return undefined;
  if (data.checker.isArrayType(type)) return data.withoutNull(data.checker.getTypeArguments(type)[0]).flatMap(arm => inner(arm, depth + 1) ?? []);
  if (kind(type) !== '{}') return undefined;
  return [propertiesOf(type, depth + 1)];
}

function indexes(type) {
  const infos = data.indexInfos(type);
  return infos.length ? { index: infos.map(info => kind(info.type)).sort() } : {};
}

/** A word for the kind of a value, null and undefined aside. `self` is the alias being described: it is no name for itself. */
function kind(type, self) {
  if (type.flags & TypeFlags.Any) return 'any';
  if (type.flags & TypeFlags.Unknown) return 'unknown';
  if (type.flags & TypeFlags.Never) return 'never';
  const named = nameOf(type, self);
  const list = data.withoutNull(type);
  if (list.length === 0) return type.flags & TypeFlags.Never ? 'never' : type.isUnion() ? 'null' : type.flags & TypeFlags.Null ? 'null' : 'undefined';
  if (list.length === 1) return single(list[0], list[0] === type ? named : nameOf(list[0], self));
  if (list.every(arm => literalOf(arm) !== undefined)) return literals(list);
  if (list.every(arm => arm.flags & TypeFlags.StringLike)) return 'string';
  if (list.every(arm => arm.flags & TypeFlags.NumberLike)) return 'number';
  return 'union';
}

function literals(list) {
  const values = list.map(literalOf);
  if (values.every(value => typeof value === 'boolean')) return 'boolean';
  return values.map(value => JSON.stringify(value)).sort(compare).join('|');
}

function single(type, named) {
  if (literalOf(type) !== undefined) return JSON.stringify(literalOf(type));
  if (type.flags & TypeFlags.TemplateLiteral) return 'template';
  if (type.flags & TypeFlags.StringLike) return 'string';
  if (type.flags & TypeFlags.NumberLike) return 'number';
  if (type.flags & TypeFlags.BooleanLike) return 'boolean';
  if (type.flags & TypeFlags.TypeParameter) return `<${type.symbol.name}>`;
  if (data.checker.isTupleType(type)) return 'tuple';
  if (data.checker.isArrayType(type)) return `${kind(data.checker.getTypeArguments(type)[0])}[]`;
  if (isCallable(type)) return 'function';
  if (type.flags & TypeFlags.NonPrimitive) return 'map';
  if (type.isIntersection() && type.types.some(isPrimitive)) return kind(type.types.find(isPrimitive));
  return objectKind(type, named);
}

function objectKind(type, named) {
  if (data.isBinary(type)) return 'binary';
  if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection))) return 'operator';
  const properties = data.properties(type);
  if (properties.length === 0 && data.indexInfos(type).length) return 'map';
  if (properties.length === 0 && !named) return 'map';
  return named ?? '{}';
}

/** The name of a type; the library's operators (`Pick`, `Omit`, …) name nothing. */
function nameOf(type, self) {
  const alias = type.aliasSymbol;
  const symbol = alias && alias !== self && !isLibrarySymbol(alias) ? alias : type.symbol;
  if (!symbol || symbol === self || symbol.name.startsWith('__')) return undefined;
  return qualifiedName(symbol);
}

function isLibrarySymbol(symbol) {
  return opened.program.isSourceFileDefaultLibrary(symbol.declarations[0].getSourceFile());
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One declaration a line: what changed between two versions is readable in a diff. */
function render({ packages, declarations }) {
  const lines = declarations.map(each => JSON.stringify(each));
  return `{"packages":${JSON.stringify(packages)},\n"declarations":[\n${lines.join(',\n')}\n]}\n`;
}

const text = render(census());
if (args.out) writeFileSync(args.out, text);
else process.stdout.write(text);
