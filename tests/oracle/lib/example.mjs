// An example without its text: the keys, the kinds, what is null, and the values that are constants.

/** Properties whose values are constants, whatever a schema says of them. */
const CONSTANTS = ['object', 'type', 'status', 'strategy', 'charge_type', 'gateway_status', 'gateway_type', 'period', 'plan_period'];

/** The form of an example. `spread` follows references; `values` of the shape and constants stay, all else is ours. */
export function form(value, shape, spread, key) {
  const own = spread(shape ?? {});
  if (Array.isArray(value)) return value.map(each => form(each, own.items, spread));
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? 1 : 1.5;
  if (typeof value === 'string') return own.values?.includes(value) || CONSTANTS.includes(key) ? value : 'text';
  const arms = (own.one_of ?? []).map(spread);
  const arm = arms.find(each => each.properties?.object?.values?.includes(value.object)) ?? own;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, form(each, arm.properties?.[name], spread, name)]));
}
