// What of a type is data, that is: what can stand in a JSON document. Shared by the census and the documents.

import { ts } from './modules.mjs';

const { TypeFlags, SymbolFlags, ModifierFlags } = ts;

/** Library types that JSON carries as text, with a maker of a text from a seed. */
export const TEXT_TYPES = new Map([
  ['Date', n => new Date(1700000000000 + n * 86400000).toISOString()],
  ['URL', n => `https://example.com/${n}`],
]);

/** Library types of bytes: data to their authors, but the declarations do not say what JSON makes of them. */
const BINARY = /^(Buffer|ArrayBuffer|ArrayBufferView|SharedArrayBuffer|DataView|(Ui|I)nt\d+(Clamped)?Array|Float\d+Array)$/;

/** How many types lead from one to the next until the last is taken for data: declarations may grow without end. */
const DEEP = 100;

/** Library types that JSON loses: `JSON.stringify(new Error('x'))` is `{}`. */
const LOST = /^(|.+)Error$/;

/** Answers questions about types; one per program. */
export class Data {
  constructor({ program, checker }) {
    this.program = program;
    this.checker = checker;
    this.propertyCache = new Map();
    this.dataCache = new Map();
    this.depth = 0;
  }

  /** `null` and `undefined` taken away, everything else as it is. */
  withoutNull(type) {
    return this.arms(type).filter(arm => !(arm.flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)));
  }

  /** The members of a union, `boolean` and enums kept whole; a single type is its own only arm. */
  arms(type) {
    if (type.flags & (TypeFlags.Boolean | TypeFlags.Any | TypeFlags.Unknown)) return [type];
    return type.isUnion() ? type.types : [type];
  }

  /** Whether no value has the type: `never`, and an intersection whose properties contradict each other, which the checker reduces when asked for properties only. */
  isNever(type) {
    if (type.flags & TypeFlags.Never || this.isTextAndList(type)) return true;
    const all = each => this.checker.getPropertiesOfType(each).length;
    return type.isIntersection() && !all(type) && type.types.some(each => each.flags & TypeFlags.Object && all(each));
  }

  /** `string & string[]`, which TypeScript keeps and no document is. */
  isTextAndList(type) {
    return type.isIntersection() && type.types.some(isPrimitive) && type.types.some(each => this.isArrayLike(each));
  }

  /** Public properties with a text for a name, methods and functions among them. */
  properties(type) {
    let known = this.propertyCache.get(type);
    if (!known) this.propertyCache.set(type, (known = this.checker.getPropertiesOfType(type).filter(each => isPublic(each) && !this.isInherited(each, type)).map(symbol => this.property(symbol))));
    return known;
  }

  /** What a class, an interface or an intersection has from a library type that is no data (`message` from `Error`) is none of its own. */
  isInherited(property, type) {
    if (!type.isIntersection() && !type.isClassOrInterface()) return false;
    if (type.symbol?.declarations?.some(node => this.program.isSourceFileDefaultLibrary(node.getSourceFile()))) return false;
    const owner = property.declarations?.[0]?.parent;
    if (!owner || !this.program.isSourceFileDefaultLibrary(owner.getSourceFile())) return false;
    const base = this.checker.getTypeAtLocation(owner);
    return TEXT_TYPES.has(base.symbol?.name) || !this.isData(base);
  }

  property(symbol) {
    const type = this.checker.getTypeOfSymbol(symbol);
    return {
      name: ts.unescapeLeadingUnderscores(symbol.escapedName),
      type: this.promised(type),
      optional: !!(symbol.flags & SymbolFlags.Optional),
      // In a class only: elsewhere an accessor says no more than a property does.
      accessor: !!(symbol.flags & SymbolFlags.Accessor) && !(symbol.flags & SymbolFlags.Property) && !!symbol.declarations?.some(node => ts.isClassLike(node.parent)),
    };
  }

  /** What a promise is of: a document has what it comes to. */
  promised(type) {
    const isPromise = this.isLibrary(type) && ['Promise', 'PromiseLike'].includes(type.symbol.name);
    return (isPromise && this.checker.getTypeArguments(type)[0]) || type;
  }

  /** Properties that a JSON document can carry. */
  dataProperties(type) {
    return this.properties(type).filter(property => this.isData(property.type));
  }

  /** What is taken from a library type that is no data (`Omit<Response, 'ok'>`): nobody can tell what JSON makes of it. */
  isTaken(type) {
    if (type.symbol?.name !== '__type' || this.isLibrary(type)) return false;
    const owners = type.getProperties().map(each => each.declarations?.[0]?.parent).filter(Boolean);
    return owners.length > 0 && owners.every(owner => this.program.isSourceFileDefaultLibrary(owner.getSourceFile()) && !this.isData(this.checker.getTypeAtLocation(owner)));
  }

  /** Whether a value of the type can stand in a document: no function, no symbol, no type with behaviour only. */
  isData(type) {
    const known = this.dataCache.get(type);
    if (known !== undefined) return known;
    if (this.depth > DEEP) return true;
    this.dataCache.set(type, true); // A type that leads back to itself is judged by its other properties.
    this.depth++;
    const answer = this.computeIsData(type);
    this.depth--;
    this.dataCache.set(type, answer);
    return answer;
  }

  computeIsData(type) {
    if (type.flags & (TypeFlags.ESSymbolLike | TypeFlags.BigIntLike)) return false;
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter)) return true;
    const arms = this.withoutNull(type);
    if (type.isUnion()) return arms.length === 0 || arms.some(arm => this.isData(arm));
    if (type.isIntersection() && type.types.some(isPrimitive)) return true;
    if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection))) return true;
    return this.isDataObject(type);
  }

  isDataObject(type) {
    // An array of functions could only ever be empty.
    const list = this.listOf(type);
    if (list) return this.checker.getTypeArguments(list).every(each => this.isData(each));
    if (isCallable(type)) return false;
    if (this.isBinary(type) || this.isTaken(type)) return true;
    if (isIterable(type)) return false;
    if (this.isLibrary(type)) return TEXT_TYPES.has(type.symbol.name) || this.isDictionary(type);
    const properties = this.properties(type);
    const infos = this.indexInfos(type);
    if (!properties.length && !infos.length) return !this.isOpaque(type);
    return infos.some(info => this.isData(info.type)) || properties.some(property => !property.accessor && this.isData(property.type));
  }

  /** A library type that says what an object holds, and not what a live one does, which there is a constructor of (`CryptoKey`). */
  isDictionary(type) {
    const live = !!(type.symbol.flags & SymbolFlags.Value) || LOST.test(type.symbol.name);
    return !live && !this.properties(type).some(property => isCallable(property.type));
  }

  /** A class all of whose members are private, or what has keys that are symbols and no others: nothing to see, nothing to decode. */
  isOpaque(type) {
    const isClass = !!(type.symbol && type.symbol.flags & SymbolFlags.Class);
    return isClass || this.checker.getPropertiesOfType(type).length > 0 || this.checker.getIndexInfosOfType(type).length > 0;
  }

  /** Bytes, whose JSON nobody can tell from the declarations. */
  isBinary(type) {
    return this.isLibrary(type) && BINARY.test(type.symbol.name);
  }

  /** The array or tuple that a type is, or that an interface extends. */
  listOf(type) {
    if (this.isArrayLike(type)) return type;
    if (type.isIntersection()) return type.types.map(each => this.listOf(each)).find(Boolean);
    const target = type.target ?? type;
    if (!target.isClassOrInterface?.() || this.isLibrary(type)) return undefined;
    const bases = type === target ? this.checker.getBaseTypes(type) : [];
    return bases.map(each => this.listOf(each)).find(Boolean);
  }

  isArrayLike(type) {
    return this.checker.isArrayType(type) || this.checker.isTupleType(type);
  }

  /** Whether TypeScript's own library or Node declares the type. */
  isLibrary(type) {
    const declaration = type.symbol?.declarations?.[0];
    if (!declaration || type.symbol.name === '__type') return false;
    const file = declaration.getSourceFile();
    return this.program.isSourceFileDefaultLibrary(file) || /\/@types\/node\//.test(file.fileName);
  }

  indexInfos(type) {
    return this.checker.getIndexInfosOfType(type).filter(info => !isSymbol(info.keyType));
  }
}

/** A symbol, branded ones too. */
const isSymbol = type => !!(type.flags & TypeFlags.ESSymbolLike) || (type.isIntersection() && type.types.some(isSymbol));

export const isPrimitive = type =>
  !!(type.flags & (TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.Null | TypeFlags.Undefined));

/** Something that is called or constructed, null and undefined aside. */
export function isCallable(type) {
  const arms = type.isUnion() ? type.types.filter(arm => !(arm.flags & (TypeFlags.Null | TypeFlags.Undefined))) : [type];
  return arms.length > 0 && arms.every(arm => arm.getCallSignatures().length + arm.getConstructSignatures().length > 0);
}

/** A stream or collection by its own word: an object with a required `[Symbol.iterator]` or `[Symbol.asyncIterator]`. */
function isIterable(type) {
  return type.getProperties().some(each => /^__@(asyncIterator|iterator)@/.test(each.escapedName) && !(each.flags & SymbolFlags.Optional));
}

function isPublic(symbol) {
  const name = String(symbol.escapedName);
  if (name.startsWith('__@') || name.startsWith('__#') || symbol.flags & SymbolFlags.Prototype) return false;
  return !(symbol.declarations ?? []).some(node => ts.getCombinedModifierFlags(node) & (ModifierFlags.Private | ModifierFlags.Protected));
}

/** The value of a literal type: text, number or boolean; undefined for every other type. */
export function literalOf(type) {
  if (type.flags & TypeFlags.BooleanLiteral) return type.intrinsicName === 'true';
  if (type.flags & (TypeFlags.StringLiteral | TypeFlags.NumberLiteral)) return type.value;
  return undefined;
}
