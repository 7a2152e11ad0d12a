// Asks TypeScript itself: every document is written as `const x: T = …` in one more file of the program.

import { dirname, join } from 'node:path';
import { ts } from './modules.mjs';
import { qualifiedName } from './reach.mjs';

/**
 * Judges documents with the checker.
 * @param samples `{ symbol, document }` each; `symbol` is the declared type's.
 * @returns for each sample true (assignable), false, or undefined when its type cannot be named from outside.
 */
export function verify(opened, samples) {
  const names = nameTypes(opened, samples);
  const checkFile = join(dirname(opened.entryFiles[0]), '__oracle_check.ts');
  const lines = samples.map(({ symbol, document }, i) => `const d${i}: ${names.get(symbol)?.name ?? 'unknown'} = ${JSON.stringify(document)};`);
  const imports = [...names.values()].filter(each => each.file).map(({ name, file }) => `import type { ${name} } from ${JSON.stringify(`oracle:${file}`)};`);
  const program = extendedProgram(opened, names, checkFile, [imports.join(' '), ...lines, 'export {};'].join('\n'));
  const sourceFile = program.getSourceFile(checkFile);
  const refused = new Map();
  for (const diagnostic of program.getSemanticDiagnostics(sourceFile)) {
    const line = sourceFile.getLineAndCharacterOfPosition(diagnostic.start).line;
    if (!refused.has(line)) refused.set(line, ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  }
  if (refused.has(0)) throw new Error(`the types of the documents cannot be imported: ${refused.get(0)}`);
  return samples.map(({ symbol }, i) => (names.get(symbol) ? { valid: !refused.has(i + 1), why: refused.get(i + 1) } : undefined));
}

/** Gives each type a name that the check file can import; ambient ones have theirs. */
function nameTypes(opened, samples) {
  const names = new Map();
  for (const { symbol } of samples) {
    if (names.has(symbol)) continue;
    const node = symbol.declarations[0];
    const file = node.getSourceFile();
    const inside = qualifiedName(symbol);
    if (ts.isExternalModule(file)) {
      if (!hasExportAssignment(file) && !insideAmbientModule(node)) names.set(symbol, { name: `__oracle_${names.size}`, file: file.fileName, inside });
    } else if (!insideAmbientModule(node)) names.set(symbol, { name: inside });
  }
  return names;
}

const hasExportAssignment = file => file.statements.some(each => ts.isExportAssignment(each) && each.isExportEquals);

function insideAmbientModule(node) {
  return ts.findAncestor(node, each => ts.isModuleDeclaration(each) && (ts.isStringLiteral(each.name) || !!(each.flags & ts.NodeFlags.GlobalAugmentation))) !== undefined;
}

/** The same program with the check file, and with an exported alias for every type in question. */
function extendedProgram(opened, names, checkFile, checkText) {
  const added = new Map();
  for (const { name, file, inside } of names.values()) {
    if (file) added.set(file, `${added.get(file) ?? ''}\nexport type ${name} = ${inside};`);
  }
  const host = ts.createCompilerHost(opened.options);
  const own = host.getSourceFile.bind(host);
  host.getSourceFile = (fileName, version, ...rest) => {
    if (fileName === checkFile) return ts.createSourceFile(fileName, checkText, version);
    const before = opened.program.getSourceFile(fileName);
    if (before && added.has(fileName)) return ts.createSourceFile(fileName, before.text + added.get(fileName), version);
    return before ?? own(fileName, version, ...rest);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = fileName => fileName === checkFile || exists(fileName);
  host.resolveModuleNameLiterals = (literals, containing, redirect, options) =>
    literals.map(({ text }) => (text.startsWith('oracle:') ? ours(text.slice('oracle:'.length)) : ts.resolveModuleName(text, containing, options, host)));
  return ts.createProgram({ rootNames: [...opened.entryFiles, checkFile], options: opened.options, host });
}

const ours = fileName => ({ resolvedModule: { resolvedFileName: fileName, extension: /\.d\.[cm]?ts$/.exec(fileName)?.[0] ?? '.ts' } });
