// Whether a JSON value is valid under a type: TypeScript's assignability, for JSON, undeclared properties aside; or by the
// conventions of the generated crates, which take more.

import { ts } from './modules.mjs';
import { TEXT_TYPES, isPrimitive, literalOf } from './data.mjs';
import { mayBeUndefined } from './generate.mjs';

const { TypeFlags } = ts;

/** Answers `accepts(type, value)` for types of one program. */
export class Judge {
  constructor(data) {
    this.data = data;
    this.tolerant = false;
    this.exact = false;
  }

  /** Whether a value is valid and holds no property that is not declared as data. */
  holds(type, value) {
    this.exact = true;
    const answer = this.accepts(type, value);
    this.exact = false;
    return answer;
  }

  /**
   * Whether a reader may take a value: one that keeps unknown texts and numbers beside listed ones, asks for no pattern,
   * and keeps what stands in a map of nothing (`Record<string, never>`), unless that is an arm of a union.
   */
  tolerates(type, value) {
    this.tolerant = true;
    const answer = this.accepts(type, value);
    this.tolerant = false;
    return answer;
  }

  accepts(type, value) {
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter)) return true;
    if (type.isUnion() && !(type.flags & TypeFlags.Boolean)) return this.union(type, value);
    const literal = literalOf(type);
    if (literal !== undefined) return value === literal;
    if (isPrimitive(type)) return this.primitive(type, value);
    if (this.data.isNever(type)) return false;
    if (type.flags & TypeFlags.NonPrimitive) return value !== null && typeof value === 'object';
    if (type.isIntersection() && type.types.some(isPrimitive)) return this.accepts(type.types.find(isPrimitive), value);
    if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection)) || !this.data.isData(type)) return false;
    return this.structure(type, value);
  }

  union(type, value) {
    if (this.tolerant && this.isOpenTo(type, value)) return true;
    const spared = arm => this.tolerant && this.isMapOfNothing(arm) && !isEmpty(value);
    return type.types.some(arm => !spared(arm) && this.accepts(arm, value));
  }

  /** Whether literals of the value's kind are listed beside others, or beside values of other kinds. */
  isOpenTo(type, value) {
    if (!['string', 'number'].includes(typeof value)) return false;
    const arms = this.data.withoutNull(type);
    return arms.length > 1 && arms.some(arm => typeof literalOf(arm) === typeof value);
  }

  isMapOfNothing(type) {
    if (!(type.flags & TypeFlags.Object) || this.data.properties(type).length) return false;
    const infos = this.data.indexInfos(type);
    return infos.length > 0 && infos.every(info => info.type.flags & TypeFlags.Never);
  }

  primitive(type, value) {
    if (type.flags & TypeFlags.Null) return value === null;
    if (type.flags & TypeFlags.BooleanLike) return typeof value === 'boolean';
    if (type.flags & TypeFlags.NumberLike) return typeof value === 'number';
    if (type.flags & TypeFlags.TemplateLiteral) return typeof value === 'string' && (this.tolerant || pattern(type).test(value));
    return !!(type.flags & TypeFlags.StringLike) && typeof value === 'string';
  }

  structure(given, value) {
    const { checker } = this.data;
    const type = this.data.listOf(given) ?? given;
    if (checker.isArrayType(type)) {
      const element = checker.getTypeArguments(type)[0];
      return Array.isArray(value) && value.every(each => this.accepts(element, each));
    }
    if (checker.isTupleType(type)) return this.tuple(type, value);
    // Nobody can tell from the declarations what JSON makes of bytes.
    if (this.data.isBinary(type) || this.data.isTaken(type)) return value !== null;
    if (this.data.isLibrary(type) && TEXT_TYPES.has(type.symbol.name)) return typeof value === 'string';
    return this.object(type, value);
  }

  tuple(type, value) {
    if (!Array.isArray(value)) return false;
    const { minLength, elementFlags } = type.target;
    const elements = this.data.checker.getTypeArguments(type);
    const rest = elementFlags.findIndex(flag => flag & (ts.ElementFlags.Rest | ts.ElementFlags.Variadic));
    if (value.length < minLength || (rest < 0 && value.length > elements.length)) return false;
    const after = rest < 0 ? 0 : elements.length - rest - 1;
    return value.every((each, i) => {
      if (rest < 0 || i < rest) return this.accepts(elements[i], each);
      const fromEnd = value.length - i;
      return this.accepts(fromEnd <= after ? elements[elements.length - fromEnd] : elements[rest], each);
    });
  }

  object(type, value) {
    const properties = this.data.properties(type);
    const infos = this.data.indexInfos(type);
    if (!properties.length && !infos.length) return value !== null;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
    if (this.exact && !this.isAllDeclared(infos, properties, value)) return false;
    return properties.every(property => this.member(property, value)) && this.entries(infos, properties, value);
  }

  isAllDeclared(infos, properties, value) {
    const declared = new Set(properties.filter(property => this.data.isData(property.type)).map(property => property.name));
    return Object.keys(value).every(key => declared.has(key) || infos.some(info => keyFits(info.keyType, key)));
  }

  member(property, value) {
    if (!this.data.isData(property.type)) return true;
    if (Object.hasOwn(value, property.name)) return this.accepts(property.type, value[property.name]);
    return property.optional || property.accessor || mayBeUndefined(property.type);
  }

  entries(infos, properties, value) {
    if (this.tolerant && infos.every(info => info.type.flags & TypeFlags.Never)) return true;
    const declared = new Set(properties.map(property => property.name));
    const others = Object.keys(value).filter(key => !declared.has(key));
    return others.every(key => infos.filter(info => keyFits(info.keyType, key)).every(info => this.accepts(info.type, value[key])));
  }
}

const isEmpty = value => value !== null && typeof value === 'object' && Object.keys(value).length === 0;

function keyFits(type, key) {
  if (type.flags & TypeFlags.NumberLike) return /^-?\d+$/.test(key);
  if (type.flags & TypeFlags.TemplateLiteral) return pattern(type).test(key);
  return true;
}

function pattern(type) {
  const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const part = each => {
    const literal = literalOf(each);
    if (literal !== undefined) return escape(String(literal));
    if (each.isUnion()) return `(?:${each.types.map(part).join('|')})`;
    if (each.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike)) return '-?\\d+(?:\\.\\d+)?';
    return '[\\s\\S]*';
  };
  let source = escape(type.texts[0]);
  type.types.forEach((each, i) => (source += part(each) + escape(type.texts[i + 1])));
  return new RegExp(`^${source}$`);
}
