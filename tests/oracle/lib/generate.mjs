// Makes JSON documents that are valid under a type, and notes every place in them that a mutation could spoil.

import { ts } from './modules.mjs';
import { TEXT_TYPES, isPrimitive, literalOf } from './data.mjs';

const { TypeFlags } = ts;

/** Stands for "no such property". */
export const ABSENT = Symbol('absent');

/** Beyond this depth every choice is the smallest possible. */
const DEEP = 7;
/** Beyond this many values too. */
const LARGE = 250;
/** How many levels a smallest value may need before a type counts as impossible. */
const BUDGET = 14;

/** Names of numbers that are whole in practice. */
const WHOLE = /(_at|At|_ms|Ms|count|Count|total|Total|limit|offset|index|size|length|number|attempts|version|seconds|Seconds|minutes|hours|days|width|height|duration|position|[iI][dD]s?|(^|_)(date|n|v|iat|exp|nbf|port|age|order|level|flags|type))$/;

export class Generator {
  /** @param {{fractions?: boolean, large?: number, plain?: boolean}} options `fractions`: numbers without a whole-number name may have a fraction; `large`: how many values make a
   *   document large; `plain`: nothing empty, nothing falsy, texts without surprises. */
  constructor(data, options = {}) {
    this.data = data;
    this.options = options;
    this.fits = new Map();
    this.turns = new Map();
  }

  /**
   * One document.
   * @param {'minimal' | 'maximal' | 'random'} variant
   * @param arm for a union, which of its arms to take at the top
   * @returns {{document: any, sites: object[], exact: boolean} | undefined} undefined when no document is possible.
   *   `exact`: TypeScript itself can judge the document (no `Date` written as text, no function left out).
   */
  make(type, variant, rng, arm) {
    if (this.cost(type) === Infinity) return undefined;
    const run = { variant, rng, sites: [], exact: true, count: 0 };
    const top = arm === undefined ? type : this.choices(type)[arm];
    const document = this.value(top, { run, depth: 0, path: [], name: '', parents: [] });
    return document === ABSENT ? undefined : { document, sites: run.sites, exact: run.exact };
  }

  /** The arms of a union that a document can be made of; one for everything else. */
  choices(type) {
    return this.data.arms(type).filter(arm => !(arm.flags & (TypeFlags.Undefined | TypeFlags.Void)) && this.cost(arm) < Infinity);
  }

  /** How many levels the smallest value of a type needs: tells finite types from impossible ones. */
  cost(type) {
    for (let budget = 0; budget <= BUDGET; budget++) if (this.fit(type, budget)) return budget;
    return Infinity;
  }

  fit(type, budget) {
    let known = this.fits.get(type);
    if (!known) this.fits.set(type, (known = []));
    known[budget] ??= this.computeFit(type, budget);
    return known[budget];
  }

  computeFit(type, budget) {
    const { data } = this;
    if (isUnresolved(type)) return false;
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter | TypeFlags.NonPrimitive)) return true;
    if (data.isNever(type) || !data.isData(type) || data.isBinary(type) || data.isTaken(type)) return false;
    if (type.isUnion()) return type.types.some(arm => !(arm.flags & TypeFlags.Undefined) && this.fit(arm, budget));
    if (isPrimitive(type) || (type.isIntersection() && type.types.some(isPrimitive))) return true;
    const list = data.listOf(type);
    if (budget === 0) return !!list && data.checker.isArrayType(list);
    if (list) return data.checker.isArrayType(list) || this.tupleFits(list, budget);
    if (data.isLibrary(type) && TEXT_TYPES.has(type.symbol.name)) return true;
    return this.required(type).every(property => this.fit(property.type, budget - 1));
  }

  tupleFits(type, budget) {
    const { minLength } = type.target;
    return this.data.checker.getTypeArguments(type).slice(0, minLength).every(element => this.fit(element, budget - 1));
  }

  required(type) {
    return this.data.dataProperties(type).filter(property => !property.optional && !property.accessor && !mayBeUndefined(property.type));
  }

  small(at) {
    return at.run.variant === 'minimal' || at.depth > DEEP || at.run.count > (this.options.large ?? LARGE);
  }

  value(type, at) {
    at.run.count++;
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter)) return this.anything(at);
    if (type.isUnion() && !(type.flags & TypeFlags.Boolean)) return this.union(type, at);
    const literal = literalOf(type);
    if (literal !== undefined) return this.literal(type, literal, at);
    if (type.flags & TypeFlags.Null) return null;
    if (type.flags & (TypeFlags.Undefined | TypeFlags.Void)) return ABSENT;
    if (type.flags & TypeFlags.BooleanLike) return this.options.plain || at.run.rng.chance(50);
    if (type.flags & TypeFlags.NumberLike) return this.number(at);
    if (type.flags & TypeFlags.TemplateLiteral) return this.template(type, at);
    if (type.flags & TypeFlags.StringMapping) return this.mapped(type, at);
    if (type.flags & TypeFlags.StringLike) return this.string(at);
    if (type.flags & TypeFlags.NonPrimitive) return { key: this.string(at) };
    if (type.isIntersection() && type.types.some(isPrimitive)) return this.branded(type, at);
    return this.structure(type, at);
  }

  union(type, at) {
    const choices = this.choices(type);
    if (!choices.length) return ABSENT;
    const filled = at.run.variant === 'maximal' ? choices.filter(arm => !(arm.flags & TypeFlags.Null) && !(this.options.plain && literalOf(arm) === false)) : choices;
    const arm = this.small(at) ? this.cheapest(choices) : this.turn(type, filled.length ? filled : choices, at);
    return this.value(arm, at);
  }

  /** TypeScript does not take a text for a member of a string enum, though JSON has nothing else. */
  literal(type, literal, at) {
    if (type.flags & TypeFlags.EnumLiteral && typeof literal === 'string') at.run.exact = false;
    return literal;
  }

  cheapest(choices) {
    const costs = choices.map(arm => this.cost(arm));
    return choices[costs.indexOf(Math.min(...costs))];
  }

  /** Random documents pick an arm; maximal ones take the arms in turn, so that all of them are seen. */
  turn(type, choices, at) {
    if (at.run.variant === 'random') return at.run.rng.pick(choices);
    const turn = this.turns.get(type) ?? 0;
    this.turns.set(type, turn + 1);
    return choices[turn % choices.length];
  }

  /** Arbitrary JSON, for what TypeScript does not type. */
  anything(at) {
    const { rng } = at.run;
    if (this.small(at)) return rng.pick([null, true, 1, 'text', [], {}]);
    return rng.pick([null, false, 0, -7, 2.5, '', 'text', [], [1, 'two', null], {}, { a: { b: [true] } }, { type: 'x', Some_Key: 1 }]);
  }

  number(at) {
    const { rng } = at.run;
    if (this.options.plain) return 1 + rng.below(500);
    if (/(_at|At)$/.test(at.name)) return 1700000000000 + rng.below(100000000) * 1000;
    if (this.options.fractions && !WHOLE.test(at.name) && rng.chance(40)) return rng.below(1000) + rng.pick([0.5, 0.25, 0.125]);
    return rng.pick([0, 1, 2, 7, 42, 100, 65535, rng.below(1000000)]);
  }

  string(at) {
    const { rng } = at.run;
    if (this.options.plain) return `${at.name || 'text'}_${rng.below(1000)}`;
    return rng.pick(['', 'text', 'zażółć', '日本', 'a "quoted" \\ text', 'line\nbreak', `value_${rng.below(10000)}`, '\u{1F600}', '0', 'null']);
  }

  template(type, at) {
    let text = type.texts[0];
    type.types.forEach((part, i) => (text += this.templatePart(part, at) + type.texts[i + 1]));
    return text;
  }

  templatePart(part, at) {
    const literal = literalOf(part);
    if (literal !== undefined) return String(literal);
    if (part.isUnion()) return this.templatePart(at.run.rng.pick(part.types), at);
    if (part.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike)) return String(at.run.rng.below(100));
    if (part.flags & TypeFlags.BooleanLike) return 'true';
    if (part.flags & TypeFlags.TemplateLiteral) return this.template(part, at);
    if (part.flags & TypeFlags.StringMapping) return this.mapped(part, at);
    return at.run.rng.pick(['abc', 'part_7', 'x']);
  }

  mapped(type, at) {
    const text = type.type.flags & TypeFlags.TemplateLiteral ? this.template(type.type, at) : 'text';
    const change = { Uppercase: t => t.toUpperCase(), Lowercase: t => t.toLowerCase(), Capitalize: capital, Uncapitalize: t => t[0].toLowerCase() + t.slice(1) };
    return change[type.symbol.name]?.(text) ?? text;
  }

  /** `string & { __brand: … }`: JSON has the text only, which TypeScript refuses without a cast. */
  branded(type, at) {
    const others = type.types.filter(member => !isPrimitive(member));
    if (others.some(member => this.data.properties(member).length)) at.run.exact = false;
    return this.value(type.types.find(isPrimitive), at);
  }

  structure(type, at) {
    const { checker } = this.data;
    const list = this.data.listOf(type);
    // TypeScript asks for the methods too, and for what else the interface has.
    if (list && list !== type) at.run.exact = false;
    if (list && list !== type) return this.structure(list, at);
    if (checker.isArrayType(type)) return this.array(checker.getTypeArguments(type)[0], at);
    if (checker.isTupleType(type)) return this.tuple(type, at);
    if (this.data.isLibrary(type) && TEXT_TYPES.has(type.symbol.name)) {
      at.run.exact = false;
      return TEXT_TYPES.get(type.symbol.name)(at.run.rng.below(1000));
    }
    return this.object(type, at);
  }

  length(at) {
    if (this.small(at)) return 0;
    return at.run.variant === 'maximal' ? 2 : at.run.rng.below(3);
  }

  array(element, at) {
    if (this.cost(element) === Infinity) return [];
    const out = [];
    for (let i = 0, length = this.length(at); i < length; i++) out.push(this.element(element, at, i));
    return out;
  }

  element(type, at, index) {
    const value = this.value(type, { ...at, depth: at.depth + 1, path: [...at.path, index] });
    if (value !== ABSENT) at.run.sites.push({ path: [...at.path, index], type, place: 'element' });
    return value === ABSENT ? null : value;
  }

  tuple(type, at) {
    const elements = this.data.checker.getTypeArguments(type);
    const { minLength, elementFlags } = type.target;
    const out = [];
    elements.forEach((element, i) => {
      if (elementFlags[i] & (ts.ElementFlags.Rest | ts.ElementFlags.Variadic)) {
        for (let n = this.length(at); n > 0; n--) out.push(this.element(element, at, out.length));
      } else if (i < minLength || out.length === i && !this.small(at) && this.cost(element) < Infinity) {
        out.push(this.element(element, at, out.length));
      }
    });
    return out;
  }

  object(type, at) {
    const out = {};
    const names = new Set(this.data.properties(type).map(property => property.name));
    for (const property of this.data.properties(type)) this.member(property, type, out, at);
    for (const info of this.data.indexInfos(type)) this.indexed(info, names, out, at);
    return out;
  }

  member(property, owner, out, at) {
    if (property.accessor) return;
    const mayMiss = property.optional || mayBeUndefined(property.type);
    if (!this.data.isData(property.type) || this.cost(property.type) === Infinity) {
      if (!mayMiss) at.run.exact = false;
      return;
    }
    if (mayMiss && !this.present(property, at)) {
      // `{ x: T | undefined }` must be written in TypeScript, and cannot be in JSON.
      if (!property.optional) at.run.exact = false;
      return;
    }
    const path = [...at.path, property.name];
    const value = this.value(property.type, { ...at, depth: at.depth + 1, path, name: property.name });
    if (value === ABSENT) {
      if (!property.optional) at.run.exact = false;
      return;
    }
    Object.defineProperty(out, property.name, { value, enumerable: true, writable: true, configurable: true });
    at.run.sites.push({ path, type: property.type, owner, place: mayMiss ? 'optional' : 'required' });
  }

  present(property, at) {
    if (this.small(at) || this.cost(property.type) > BUDGET - at.depth) return false;
    return at.run.variant === 'maximal' ? true : at.run.rng.chance(50);
  }

  indexed(info, names, out, at) {
    if (!this.data.isData(info.type) || this.cost(info.type) === Infinity) return;
    for (let n = this.length(at), i = 0; i < n; i++) {
      const key = this.key(info.keyType, i, at);
      if (names.has(key) || key in out) continue;
      const value = this.value(info.type, { ...at, depth: at.depth + 1, path: [...at.path, key], name: key });
      if (value === ABSENT) continue;
      out[key] = value;
      at.run.sites.push({ path: [...at.path, key], type: info.type, place: 'entry' });
    }
  }

  key(type, i, at) {
    if (type.flags & TypeFlags.NumberLike) return String(i * 7);
    if (type.flags & TypeFlags.TemplateLiteral) return this.template(type, at);
    return ['some_key', 'camelKey', 'Other-Key'][i];
  }
}

/** A name that nothing declares: TypeScript goes on with `any`, a generator may know better. */
const isUnresolved = type => !!(type.flags & TypeFlags.Any) && ['error', 'unresolved'].includes(type.intrinsicName);

const capital = text => text[0].toUpperCase() + text.slice(1);

export function mayBeUndefined(type) {
  const nothing = TypeFlags.Undefined | TypeFlags.Void;
  return !!(type.flags & nothing) || (type.isUnion() && type.types.some(arm => arm.flags & nothing));
}
