// Facts of an OpenAPI 3.0 document: what its schemas say of JSON values, none of its text.
//
// A shape is written with few words: `is` (the kind, or the kinds), `ref` (another schema), `values` (an enum), `format`
// (of numbers), `items`, `properties`, `more` (what keys hold that are not listed), `one_of`, `with_one_of` (lists of keys,
// one of which is there), and, of a property, `required` and `nullable`.

const SCHEMAS = '#/components/schemas/';

/** Follows references of one document. */
export class OpenApi {
  constructor(document) {
    this.document = document;
  }

  /** What a reference stands for; anything else stands for itself. */
  follow(node) {
    if (!node?.$ref) return node;
    const found = node.$ref.slice(2).split('/').reduce((inner, key) => inner?.[key], this.document);
    if (!found) throw new Error(`${node.$ref} leads nowhere`);
    return this.follow(found);
  }

  /** The shape of a schema. References to named schemas stay references, those to anything else are followed. */
  shape(schema) {
    if (schema.$ref?.startsWith(SCHEMAS)) return nullable(schema, { ref: schema.$ref.slice(SCHEMAS.length) });
    if (schema.$ref) return this.shape(this.follow(schema));
    if (schema.allOf) return nullable(schema, this.all(schema));
    const arms = (schema.oneOf ?? schema.anyOf)?.filter(arm => !isRequirement(arm));
    if (arms?.length === 1) return nullable(schema, this.shape(arms[0]));
    if (arms?.length) return nullable(schema, { one_of: arms.map(arm => this.shape(arm)) });
    return nullable(schema, this.plain(schema));
  }

  /** `allOf`: one part without anything beside it is that part; several are one object with the properties of all. */
  all(schema) {
    const parts = schema.allOf.length && schema.properties ? [...schema.allOf, { ...schema, allOf: undefined }] : schema.allOf;
    if (parts.length === 1) return this.shape(parts[0]);
    const open = parts.map(part => this.spread(this.shape(part)));
    const one = { is: 'object', properties: {} };
    for (const part of open) for (const [name, property] of Object.entries(part.properties ?? {})) one.properties[name] = { ...one.properties[name], ...property };
    for (const name of parts.flatMap(part => part.required ?? [])) one.properties[name] = { ...one.properties[name], required: true };
    return one;
  }

  /** An object's own shape, where a reference stands. */
  spread(shape) {
    return shape.ref ? this.spread(this.shape(this.follow({ $ref: SCHEMAS + shape.ref }))) : shape;
  }

  plain(schema) {
    const out = {};
    if (schema.type) out.is = schema.type;
    else if (schema.properties) out.is = 'object';
    if (schema.enum) out.values = schema.enum.filter(value => value !== null);
    if (schema.enum?.includes(null)) out.nullable = true;
    if (schema.format && ['integer', 'number'].includes(schema.type)) out.format = schema.format;
    if (schema.items) out.items = this.shape(schema.items);
    if (schema.properties) out.properties = this.properties(schema);
    if (schema.additionalProperties === true && !schema.properties) out.more = {};
    if (schema.additionalProperties instanceof Object) out.more = this.shape(schema.additionalProperties);
    const keys = (schema.anyOf ?? schema.oneOf)?.filter(isRequirement).map(arm => arm.required);
    if (keys?.length) out.with_one_of = keys;
    return out;
  }

  /** The properties, and keys that are required without being one: of their values nothing is known. */
  properties(schema) {
    const required = new Set(schema.required);
    const out = {};
    for (const [name, property] of Object.entries(schema.properties)) out[name] = { ...this.shape(property), ...(required.has(name) && { required: true }) };
    for (const name of required) out[name] ??= { required: true };
    return out;
  }

  /** All named schemas. */
  schemas() {
    return Object.fromEntries(Object.entries(this.document.components.schemas).map(([name, schema]) => [name, this.shape(schema)]));
  }

  /** What operations are sent (`bodies`) and answer (`answers`), where that has no schema of its own; equal ones once. */
  operations() {
    const bodies = {};
    const answers = {};
    for (const path of Object.values(this.document.paths)) {
      for (const operation of Object.values(path)) {
        if (!operation?.operationId) continue;
        const sent = json(this.follow(operation.requestBody));
        if (sent) bodies[operation.operationId] = this.shape(sent);
        for (const [status, answer] of Object.entries(operation.responses)) if (status.startsWith('2')) this.answer(answers, operation, answer);
      }
    }
    return { bodies, answers };
  }

  answer(answers, operation, answer) {
    const schema = json(this.follow(answer));
    if (!schema) return;
    const shape = this.shape(schema);
    // Of a choice, each arm: they are different types.
    const arms = shape.one_of ? shape.one_of.map((arm, i) => [`${operation.operationId} ${i + 1}`, arm]) : [[operation.operationId, shape]];
    for (const [name, arm] of arms) {
      const known = Object.values(answers).some(each => JSON.stringify(each) === JSON.stringify(arm));
      if (!arm.ref && !arm.items && !known) answers[name] = arm;
    }
  }
}

/** The schema of JSON in a request or a response. */
export const json = node => node?.content?.['application/json']?.schema;

const isRequirement = arm => arm.required && !arm.properties && !arm.$ref;

const nullable = (schema, shape) => (schema.nullable ? { ...shape, nullable: true } : shape);
