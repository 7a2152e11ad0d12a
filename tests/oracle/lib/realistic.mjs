// Turns a generated document into one that looks like production's: ids with their prefixes, addresses, names, times.
// Only plain texts and numbers are replaced; literals, and with them validity, stay as generated.

import { ts } from './modules.mjs';
import { literalOf } from './data.mjs';

const PREFIX = {
  user: 'user', session: 'sess', organization: 'org', client: 'client', email_address: 'idn', phone_number: 'idn', web3_wallet: 'idn',
  external_account: 'eac', organization_membership: 'orgmem', organization_invitation: 'orginv', organization_domain: 'orgdmn',
  email: 'ema', sms_message: 'sms', role: 'role', permission: 'perm', waitlist_entry: 'wle', invitation: 'inv', sign_up_attempt: 'sua',
  enterprise_account: 'entacc', commerce_plan: 'cplan', commerce_payment_attempt: 'cpay', commerce_subscription: 'csub', commerce_subscription_item: 'csubi',
};
const IDS = { primary_email_address_id: 'idn', primary_phone_number_id: 'idn', primary_web3_wallet_id: 'idn', verified_at_client: 'client', user_id: 'user', client_id: 'client', session_id: 'sess', organization_id: 'org', instance_id: 'ins', plan_id: 'cplan', payer_id: 'cpayer', email_address_id: 'idn', phone_number_id: 'idn' };
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TEXTS = {
  first_name: 'Zofia', last_name: 'Nowak', username: 'zofia_nowak', email_address: 'zofia@example.com', to_email_address: 'zofia@example.com',
  from_email_name: 'notifications', phone_number: '+15555550100', to_phone_number: '+15555550100', from_phone_number: '+15555550199',
  identifier: 'zofia@example.com', client_ip: '203.0.113.7', ip_address: '203.0.113.7', user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  city: 'Kraków', country: 'PL', browser_name: 'Firefox', browser_version: '140.0', device_type: 'Linux', locale: 'pl-PL', timezone: 'Europe/Warsaw',
  domain: 'example.com', name: 'Example Sp. z o.o.', slug: 'example', subject: 'Your verification code', message: '424242 is your verification code',
  body: '<p>Hello &amp; welcome</p>', body_plain: 'Hello & welcome', strategy: 'email_code', currency: 'USD', currency_symbol: '$', amount_formatted: '24.99',
  role: 'org:admin', role_name: 'Admin', key: 'org:billing:manage', web3_wallet: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F', provider: 'oauth_google', protocol: 'oauth', host: 'clk.example.com',
  supported_strategies: 'email_code', required_fields: 'email_address', optional_fields: 'phone_number', missing_fields: 'password', unverified_fields: 'email_address',
  type: 'oauth_google', permissions: 'org:billing:manage', scopes: 'profile', object: 'organization', nonce: '4f9d2c', external_id: 'customer-1027', origin: 'https://app.example.com',
  description: 'May manage the billing of the organization', approved_scopes: 'email profile', permission: 'org:billing:manage', label: 'Work', message_id: 'msg_1',
};

/** Rewrites `made.document` in place. */
export function realistic(made, rng) {
  for (const { path, type } of made.sites) {
    const owner = path.slice(0, -1).reduce((inner, key) => inner?.[key], made.document);
    const key = path.at(-1);
    if (owner === null || typeof owner !== 'object') continue;
    if (typeof owner[key] === 'string' && isPlain(type, ts.TypeFlags.String)) owner[key] = text(named(path), owner, rng);
    else if (typeof owner[key] === 'number' && isPlain(type, ts.TypeFlags.Number)) owner[key] = number(named(path), rng);
  }
  return made.document;
}

/** Elements of a list are named by the list. */
const named = path => String([...path].reverse().find(key => typeof key === 'string') ?? '');

/** No literal among the arms: any text (any number) will do. */
function isPlain(type, flag) {
  const arms = type.isUnion() ? type.types : [type];
  return arms.some(arm => arm.flags & flag || ts.TypeFlags.Any & arm.flags) && !arms.some(arm => ['string', 'number'].includes(typeof literalOf(arm)));
}

function text(name, owner, rng) {
  if (name === 'id') return id(PREFIX[owner.object] ?? 'obj', rng);
  if (IDS[name]) return id(IDS[name], rng);
  if (/_ids?$/.test(name)) return id(name.replace(/^(primary|last|created|public|active)_/, '').replace(/_ids?$/, '').slice(0, 6), rng);
  if (TEXTS[name]) return TEXTS[name];
  if (/url/.test(name)) return `https://img.example.com/${name}/${token(12, rng)}`;
  if (/token|jwt|secret|ticket/.test(name)) return `${name}_${token(24, rng)}`;
  return `${name.replace(/_/g, ' ')} ${1 + rng.below(9)}`;
}

function number(name, rng) {
  if (/(_at|_date|^date|timestamp|period_start|period_end|expiration)$/.test(name)) return 1764000000000 + rng.below(31536000) * 1000 + rng.below(1000);
  if (/count$|attempts|remaining|quantity|max_/.test(name)) return rng.below(20);
  return rng.pick([0, 1, 5, 30, 100, 2499]);
}

const token = (length, rng) => Array.from({ length }, () => ALPHABET[rng.below(ALPHABET.length)]).join('');

const id = (prefix, rng) => `${prefix}_2${token(26, rng)}`;
