// Where and why a type refuses a JSON document: the paths that a tolerant reader has to forgive.

import { ts } from './modules.mjs';
import { isPrimitive, literalOf } from './data.mjs';

/** @returns {string[]} such as `data.email_addresses[0].verification.id absent`, `… null`, `… wrong`; empty when valid. */
export function refusals(judge, type, value, path = '') {
  if (judge.accepts(type, value)) return [];
  if (value === null) return [`${path} null`];
  const arms = judge.data.withoutNull(type).filter(arm => !isPrimitive(arm) && literalOf(arm) === undefined);
  const lists = arms.filter(arm => tagFits(judge, arm, value)).map(arm => inside(judge, arm, value, path));
  return lists.sort((a, b) => a.length - b.length)[0] ?? [`${path} wrong`];
}

/** Arms whose `type` says something else are not what the document means to be. */
function tagFits(judge, arm, value) {
  const tag = judge.data.properties(arm).find(each => each.name === 'type');
  return !tag || value.type === undefined || judge.accepts(tag.type, value.type);
}

function inside(judge, type, value, path) {
  const { checker } = judge.data;
  if (checker.isArrayType(type)) {
    if (!Array.isArray(value)) return [`${path} wrong`];
    const element = checker.getTypeArguments(type)[0];
    return value.flatMap((each, i) => refusals(judge, element, each, `${path}[${i}]`));
  }
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || typeof value !== 'object') return [`${path} wrong`];
  return judge.data.dataProperties(type).flatMap(property => {
    const inner = path ? `${path}.${property.name}` : property.name;
    if (!Object.hasOwn(value, property.name)) return property.optional ? [] : [`${inner} absent`];
    return refusals(judge, property.type, value[property.name], inner);
  });
}
