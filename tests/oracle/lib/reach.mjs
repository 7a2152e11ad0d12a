// Which declarations a package's entries export or reach, by syntax: every reference in a reached declaration, member
// types, parameter and return types, `typeof`, `import()`, bases; not private members, not TypeScript's own library.

import { ts } from './modules.mjs';

const TAKEN = new Map([
  [ts.SyntaxKind.ClassDeclaration, 'class'],
  [ts.SyntaxKind.InterfaceDeclaration, 'interface'],
  [ts.SyntaxKind.TypeAliasDeclaration, 'alias'],
  [ts.SyntaxKind.EnumDeclaration, 'enum'],
  [ts.SyntaxKind.FunctionDeclaration, 'function'],
  [ts.SyntaxKind.VariableDeclaration, 'value'],
  [ts.SyntaxKind.ModuleDeclaration, 'namespace'],
]);

/** The word of the coverage for a declaration: `class`, `interface`, `alias`, …, or undefined for what is none. */
export const kindOf = declaration => TAKEN.get(declaration.kind);

/** Collects the symbols reached from the entries, in no particular order. */
export function reach({ program, checker, entryFiles }) {
  const walk = new Walk(program, checker);
  for (const fileName of entryFiles) walk.file(program.getSourceFile(fileName));
  walk.drain();
  return [...walk.symbols];
}

class Walk {
  constructor(program, checker) {
    this.program = program;
    this.checker = checker;
    this.symbols = new Set();
    this.seen = new Set();
    this.queue = [];
  }

  /** A module gives its exports; a file without any is ambient and gives all that it declares. */
  file(sourceFile) {
    const module = this.checker.getSymbolAtLocation(sourceFile);
    if (module) this.module(module);
    else ts.forEachChild(sourceFile, node => this.ambient(node));
  }

  ambient(node) {
    if (ts.isVariableStatement(node)) return node.declarationList.declarations.forEach(each => this.ambient(each));
    if (node.name && kindOf(node)) this.add(this.checker.getSymbolAtLocation(node.name));
  }

  module(symbol) {
    if (this.seen.has(symbol)) return;
    this.seen.add(symbol);
    for (const exported of this.checker.getExportsOfModule(symbol)) this.add(exported);
  }

  add(symbol) {
    if (!symbol) return;
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    if (this.seen.has(target)) return;
    if (target.flags & ts.SymbolFlags.ValueModule && target.declarations?.some(ts.isSourceFile)) return this.module(target);
    this.seen.add(target);
    const declarations = (target.declarations ?? []).filter(node => kindOf(node) && !this.isLibrary(node));
    if (!declarations.length) return;
    this.symbols.add(target);
    this.queue.push(...declarations);
  }

  isLibrary(node) {
    const file = node.getSourceFile();
    return this.program.isSourceFileDefaultLibrary(file);
  }

  drain() {
    while (this.queue.length) this.visit(this.queue.pop());
  }

  visit(node) {
    if (isPrivate(node)) return;
    if (ts.isTypeReferenceNode(node)) this.entity(node.typeName);
    else if (ts.isTypeQueryNode(node)) this.entity(node.exprName);
    else if (ts.isExpressionWithTypeArguments(node)) this.entity(node.expression);
    else if (ts.isImportTypeNode(node)) this.importType(node);
    else if (ts.isModuleDeclaration(node)) return this.namespace(node);
    ts.forEachChild(node, child => this.visit(child));
  }

  entity(name) {
    const leaf = this.checker.getSymbolAtLocation(name);
    this.add(leaf);
    // `typeof X.a` names a property: what is reached is X.
    if (ts.isQualifiedName(name)) this.entity(name.left);
    else if (ts.isPropertyAccessExpression(name)) this.entity(name.expression);
  }

  importType(node) {
    if (node.qualifier) return this.entity(node.qualifier);
    const symbol = this.checker.getSymbolAtLocation(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument);
    if (symbol) this.module(symbol);
  }

  namespace(node) {
    const symbol = this.checker.getSymbolAtLocation(node.name);
    for (const exported of symbol ? this.checker.getExportsOfModule(symbol) : []) this.add(exported);
  }
}

function isPrivate(node) {
  if (node.name && ts.isPrivateIdentifier(node.name)) return true;
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(each => each.kind === ts.SyntaxKind.PrivateKeyword);
}

/** The name as upstream spells it, dotted inside namespaces. */
export function qualifiedName(symbol) {
  const names = [];
  for (let at = symbol; at && !isFileSymbol(at); at = at.parent) names.unshift(at.name === 'default' ? nameOfDefault(at) : at.name);
  return names.join('.');
}

const isFileSymbol = symbol => !!symbol.declarations?.some(node => ts.isSourceFile(node) || (ts.isModuleDeclaration(node) && (ts.isStringLiteral(node.name) || node.flags & ts.NodeFlags.GlobalAugmentation)));

const nameOfDefault = symbol => symbol.declarations?.find(node => node.name)?.name.text ?? 'default';
