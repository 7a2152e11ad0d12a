#!/usr/bin/env node
// Realistic documents for tests/documents: one for each event of `WebhookEvent`, and wire documents of the main types.
// TypeScript's checker must take every one.
//
//   node realistic.mjs [--seed N] [--out ../documents]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { oracleDir } from './lib/modules.mjs';
import { openProgram } from './lib/program.mjs';
import { Data, literalOf } from './lib/data.mjs';
import { Generator } from './lib/generate.mjs';
import { random } from './lib/random.mjs';
import { realistic } from './lib/realistic.mjs';
import { documentTypes } from './lib/types.mjs';
import { verify } from './lib/verify.mjs';

const WIRE = [
  'APIKeyJSON', 'ActorTokenJSON', 'AgentTaskJSON', 'AllowlistIdentifierJSON', 'BillingPlanJSON', 'BillingSubscriptionJSON', 'ClientJSON', 'DeletedObjectJSON',
  'DomainJSON', 'EmailAddressJSON', 'EmailJSON', 'EnterpriseAccountJSON', 'EnterpriseConnectionJSON', 'ExternalAccountJSON', 'InstanceJSON', 'InvitationJSON',
  'JwtTemplateJSON', 'MachineJSON', 'OAuthApplicationJSON', 'OauthAccessTokenJSON', 'OrganizationDomainJSON', 'OrganizationInvitationJSON', 'OrganizationJSON', 'OrganizationMembershipJSON',
  'PhoneNumberJSON', 'RoleJSON', 'SMSMessageJSON', 'SamlConnectionJSON', 'SessionJSON', 'SignInTokenJSON', 'SignUpJSON', 'TokenJSON', 'UserJSON', 'VerificationJSON', 'WaitlistEntryJSON',
];

function main() {
  const args = parseArgs(process.argv.slice(2));
  const out = resolve(args.out ?? join(oracleDir, '../documents'));
  const opened = openProgram({ package: '@clerk/backend' });
  const maker = new Maker(new Data(opened), args.seed ?? 1);
  const types = new Map(documentTypes(opened, maker.data, { names: [...WIRE, 'WebhookEvent'] }).map(each => [each.name, each]));
  const samples = [...maker.events(types.get('WebhookEvent')), ...WIRE.map(name => maker.wire(types.get(name)))];
  const answers = verify(opened, samples);
  const refused = samples.filter((_, i) => !answers[i]?.valid);
  if (refused.length) throw new Error(`TypeScript refuses ${refused.map(each => each.file).join(', ')}: ${answers.find(each => !each.valid).why}`);
  for (const dir of ['webhooks', 'wire']) mkdirSync(join(out, dir), { recursive: true });
  for (const { file, document } of samples) writeFileSync(join(out, file), `${JSON.stringify(document, null, 2)}\n`);
  process.stderr.write(`${samples.length} documents\n`);
}

class Maker {
  constructor(data, seed) {
    this.data = data;
    this.seed = seed;
    this.generator = new Generator(data, { large: 2000 });
  }

  make(type, name, arm) {
    const rng = random(`${this.seed} ${name}`);
    const made = this.generator.make(type, 'maximal', rng, arm);
    if (!made.exact) throw new Error(`${name} cannot be written exactly`);
    return trim(realistic(made, rng), rng);
  }

  wire({ name, type, symbol }) {
    return { file: `wire/${name}.json`, symbol, document: this.make(type, name) };
  }

  /** One document for each text of each arm's `type`. */
  events({ type, symbol }) {
    return this.generator.choices(type).flatMap((arm, i) => {
      const tag = this.data.properties(arm).find(each => each.name === 'type').type;
      return this.data.arms(tag).map(literalOf).map(event => ({ file: `webhooks/${event}.json`, symbol, document: { ...this.make(type, event, i), type: event } }));
    });
  }
}

/** Production's lists are mostly short: one element is enough where two were made. */
function trim(value, rng) {
  if (Array.isArray(value)) return value.slice(0, 1 + rng.below(2)).map(each => trim(each, rng));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trim(inner, rng)]));
}

main();
