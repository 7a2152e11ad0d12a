// Spoils valid documents: one change each, labelled with its place and kept only when the type really refuses it.

import { ts } from './modules.mjs';
import { literalOf } from './data.mjs';

const { TypeFlags } = ts;

/**
 * Documents that differ from `made.document` in one place and that `judge` refuses.
 * `tag` marks a change to a literal property of a union's arm, and what is left being valid for a reader that keeps
 * unknown values: it may take it.
 * @returns {{mutation: string, path: (string | number)[], tag?: true, document: any}[]}
 */
export function mutations(type, made, judge, rng, limit) {
  const out = [];
  for (const site of rng.shuffle(made.sites)) {
    for (const [mutation, change] of changes(site, rng, made.document)) {
      if (out.length >= limit) return out;
      const document = structuredClone(made.document);
      change(document);
      if (judge.accepts(type, document)) continue;
      const tag = isTag(site) || judge.tolerates(type, document);
      out.push({ mutation, path: site.path, ...(tag ? { tag } : {}), document });
    }
  }
  return out;
}

function changes(site, rng, document) {
  const set = value => doc => assign(doc, site.path, value);
  const old = at(document, site.path);
  const list = [];
  if (site.place === 'required') list.push(['missing', doc => remove(doc, site.path)]);
  if (old !== null) list.push(['null', set(null)]);
  const other = rng.pick(otherKinds(old));
  list.push(['kind', set(other)]);
  const literal = literalOf(site.type);
  if (site.place === 'required' && literal !== undefined) list.push(['literal', set(otherLiteral(literal))]);
  return list;
}

function otherKinds(value) {
  const all = [['string', 'a text'], ['number', 12345], ['boolean', true], ['array', [['x']]], ['object', { unexpected: 1 }]];
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return all.filter(([name]) => name !== kind).map(([, other]) => other);
}

function otherLiteral(literal) {
  if (typeof literal === 'string') return `not_${literal}`;
  return typeof literal === 'number' ? literal + 1000 : !literal;
}

/** Whether the place holds a literal: what could tell the arms of a union apart. */
function isTag(site) {
  const arms = site.type.isUnion() ? site.type.types : [site.type];
  return !!site.owner && arms.every(arm => literalOf(arm) !== undefined || arm.flags & (TypeFlags.Null | TypeFlags.Undefined)) && arms.some(arm => ['string', 'number'].includes(typeof literalOf(arm)));
}

const at = (value, path) => path.reduce((inner, key) => inner[key], value);

function assign(document, path, value) {
  at(document, path.slice(0, -1))[path.at(-1)] = value;
}

function remove(document, path) {
  delete at(document, path.slice(0, -1))[path.at(-1)];
}
