// The types of a package that documents can be made for.

import { ts } from './modules.mjs';
import { kindOf, qualifiedName, reach } from './reach.mjs';

/**
 * Interfaces and aliases (classes when asked) without type parameters, by file, line and name.
 * @param {{names?: string[], among?: Set<string>, classes?: boolean}} options `names`: these only, which must be there;
 *   `among`: those of these that are there, `source<TAB>name` each.
 * @returns {{name: string, source: string, symbol: ts.Symbol, type: ts.Type, kind: string}[]}
 */
export function documentTypes(opened, data, { names = [], among, classes = false } = {}) {
  const wanted = new Set(names);
  const kinds = classes ? ['interface', 'alias', 'class'] : ['interface', 'alias'];
  const out = [];
  for (const symbol of reach(opened)) {
    const nodes = symbol.declarations.filter(each => kinds.includes(kindOf(each)));
    if (!nodes.length || nodes.some(each => each.typeParameters?.length || asksPlatform(each))) continue;
    const name = qualifiedName(symbol);
    if (wanted.size && !wanted.has(name)) continue;
    const file = nodes[0].getSourceFile();
    const source = opened.nameOf(file.fileName);
    if (among && !among.has(`${source}\t${name}`)) continue;
    const type = opened.checker.getDeclaredTypeOfSymbol(symbol);
    if (type.flags & ts.TypeFlags.Never || !data.isData(type)) continue;
    const { line } = file.getLineAndCharacterOfPosition(nodes[0].getStart(file));
    out.push({ name, source, line, symbol, type, kind: kindOf(nodes[0]) });
  }
  const missing = [...wanted].filter(name => !out.some(each => each.name === name));
  if (missing.length) throw new Error(`no such data type: ${missing.join(', ')}`);
  return out.sort((a, b) => compare(a.source, b.source) || a.line - b.line || compare(a.name, b.name));
}

/** `typeof globalThis extends { … } ? A : B`: which of them it is, is up to the libraries beside the package. */
function asksPlatform(node) {
  if (ts.isTypeQueryNode(node) && node.exprName.getText().startsWith('globalThis')) return true;
  return ts.forEachChild(node, child => asksPlatform(child) || undefined) ?? false;
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
