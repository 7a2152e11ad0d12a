// Watches a class being built: which wire keys are read, which field gets what, and what stands in for a missing value.

import { random } from './random.mjs';

/** Begins the text that stands for each leaf; a URL, because some leaves are parsed as one. */
const MARK = 'https://mark.invalid/';

/** Values that `||`, `&&` and `? :` take for nothing, and `??` does not. */
const FALSY = [['false', false], ['zero', 0], ['empty', '']];

/** @returns {{fields: object, unread: string[], throws?: object}} see `from_json.mjs`. */
export function traceClass({ name, type }, classes, data, maker) {
  const built = classes.get(name);
  const shape = maker.whole(type, random(`trace ${name}`)).document;
  const marked = mark(shape, []);
  const { value, keys } = watchAll(built, marked);
  const named = new Map([...classes].map(([className, constructor]) => [constructor, className]));
  const fields = {};
  for (const field of Object.keys(value).filter(key => !key.startsWith('_'))) fields[field] = describe(field, { built, marked, value, keys, named, type, data, judge: maker.judge });
  const declared = data.dataProperties(type).map(property => property.name);
  const required = data.dataProperties(type).filter(property => !property.optional).map(property => property.name);
  const throws = refusals(built, marked, keys);
  return {
    fields,
    unread: declared.filter(key => !keys.includes(key)).map(key => (required.includes(key) ? key : `${key}?`)),
    undeclared: keys.filter(key => !declared.includes(key)),
    ...(Object.keys(throws).length ? { throws } : {}),
  };
}

/** The document with every leaf a text of its own, so that what ends up in a field tells where it is from. */
function mark(value, path) {
  if (Array.isArray(value)) return value.slice(0, 1).map((each, i) => mark(each, [...path, i]));
  if (value !== null && typeof value === 'object' && Object.keys(value).length) return Object.fromEntries(Object.keys(value).map(key => [key, mark(value[key], [...path, key])]));
  return MARK + path.join('/');
}

/** Also what is read only when another key is missing (`a ?? b`). */
function watchAll(built, document) {
  const { value, keys } = watch(built, document);
  const more = keys.flatMap(key => {
    try {
      return watch(built, omit(document, key)).keys;
    } catch {
      return [];
    }
  });
  return { value, keys: [...new Set([...keys, ...more])] };
}

function watch(built, document) {
  const keys = new Set();
  const watched = new Proxy(document, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'toJSON') keys.add(key);
      return target[key];
    },
    has(target, key) {
      keys.add(key);
      return key in target;
    },
  });
  return { value: built.fromJSON(watched), keys: [...keys] };
}

function describe(field, { built, marked, value, keys, named, type, data, judge }) {
  const own = withAlternatives(field, sourcesOf(value[field], keys), built, marked, keys);
  const conversions = conversion(value[field], named) ?? reshaped(value[field], own, marked);
  const may = own.length ? nothings(own, type, data, judge) : [];
  const out = { from: own, ...conversions, ...defaults(field, own, built, marked, may) };
  return Object.keys(out).length === 1 && own.length === 1 ? own[0] : out;
}

/** The keys whose marks a value carries. */
function sourcesOf(value, keys) {
  const seen = text(value, (key, inner) => (key === '_raw' ? undefined : inner)) ?? '';
  return keys.filter(key => seen.includes(`${MARK}${key}/`) || seen.includes(`${MARK}${key}"`));
}

/** With `a ?? b` only `a` shows until it is taken away. */
function withAlternatives(field, from, built, marked, keys) {
  const rest = from.length ? tryBuild(built, from.reduce(omit, marked)) : undefined;
  if (!rest) return from;
  return [...from, ...sourcesOf(rest[field], keys).filter(key => !from.includes(key))];
}

function conversion(value, named) {
  if (value instanceof URL) return { as: 'URL' };
  const one = value?.constructor && named.get(value.constructor);
  if (one) return { class: one };
  const element = Array.isArray(value) && value.length ? named.get(value[0]?.constructor) : undefined;
  return element ? { list: element } : undefined;
}

/** A plain value that is not the wire's own: `camel` when each key is its wire key in camel case, else where it differs. */
function reshaped(value, keys, marked) {
  if (!keys.length || keys.some(key => text(marked[key]) === text(value))) return {};
  const odd = {};
  compareParts(value, [keys[0]], odd);
  return Object.keys(odd).length ? { as: 'parts', odd } : { as: 'camel' };
}

function compareParts(value, path, odd) {
  if (value !== null && typeof value === 'object') return Object.keys(value).forEach(key => compareParts(value[key], [...path, snake(key)], odd));
  if (value !== undefined && value !== MARK + path.join('/')) odd[path.join('/')] = String(value).replace(MARK, '');
}

const snake = name => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** Which falsy values the keys may hold by their types. */
function nothings(keys, type, data, judge) {
  const properties = data.dataProperties(type).filter(property => keys.includes(property.name));
  return FALSY.filter(([, nothing]) => properties.some(property => judge.accepts(property.type, nothing)));
}

/** What the field is when all its keys are absent, null or falsy, where that is not the value itself. */
function defaults(field, sources, built, marked, falsy) {
  const out = {};
  const none = tryBuild(built, sources.reduce(omit, marked));
  if (none && none[field] !== undefined) out.absent = none[field];
  if (!sources.length) return out;
  const all = nothing => tryBuild(built, sources.reduce((document, key) => ({ ...document, [key]: nothing }), marked));
  const nulls = all(null);
  if (nulls && nulls[field] !== null) out.null = nulls[field] ?? 'undefined';
  for (const [word, nothing] of falsy) {
    const other = all(nothing);
    if (other && other[field] !== nothing) out[word] = other[field] === undefined ? 'undefined' : other[field];
  }
  return out;
}

function refusals(built, marked, keys) {
  const out = {};
  for (const key of keys) {
    const list = [['absent', omit(marked, key)], ['null', { ...marked, [key]: null }]].filter(([, document]) => !tryBuild(built, document));
    if (list.length) out[key] = list.map(([word]) => word);
  }
  return out;
}

function tryBuild(built, document) {
  try {
    return built.fromJSON(document);
  } catch {
    return undefined;
  }
}

function omit(document, key) {
  const { [key]: _, ...rest } = document;
  return rest;
}

const text = JSON.stringify;
