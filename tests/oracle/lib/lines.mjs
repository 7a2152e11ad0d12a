// JSON for people who compare versions: what fits on a line stands on one, in the order in which it was made.

const WIDTH = 120;

/** JSON text. */
export function lines(value, indent = '', before = 0) {
  const flat = oneLine(value);
  if (value === null || typeof value !== 'object' || indent.length + before + flat.length <= WIDTH) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map(each => deeper + lines(each, deeper)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value).map(([key, each]) => [JSON.stringify(key), each]);
  return `{\n${entries.map(([key, each]) => `${deeper}${key}: ${lines(each, deeper, key.length + 2)}`).join(',\n')}\n${indent}}`;
}

function oneLine(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${oneLine(each)}`);
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}
