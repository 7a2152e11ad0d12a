// The classes that declare `static fromJSON(data: XJSON)`, from the declarations.

import { ts } from './modules.mjs';
import { qualifiedName, reach } from './reach.mjs';

/** @returns {{name: string, source: string, parameter: string, type: ts.Type, instance: ts.Type}[]} by name. */
export function fromJsonClasses(opened) {
  const { checker } = opened;
  const out = [];
  for (const symbol of reach(opened)) {
    if (!(symbol.flags & ts.SymbolFlags.Class)) continue;
    const method = checker.getTypeOfSymbol(symbol).getProperty('fromJSON');
    const signature = method && checker.getTypeOfSymbol(method).getCallSignatures()[0];
    const parameter = signature?.parameters[0];
    if (!parameter) continue;
    const type = checker.getTypeOfSymbol(parameter);
    const source = opened.nameOf(symbol.valueDeclaration.getSourceFile().fileName);
    out.push({ name: qualifiedName(symbol), source, parameter: nameOf(checker, type), type, instance: checker.getDeclaredTypeOfSymbol(symbol) });
  }
  return out.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const nameOf = (checker, type) => (type.aliasSymbol ?? type.symbol) ? qualifiedName(type.aliasSymbol ?? type.symbol) : checker.typeToString(type);
