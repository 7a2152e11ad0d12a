// Command lines of the scripts: `--key value` pairs, repeatable, and plain words.

/** Reads `--key value` and `--flag` arguments; a key given several times becomes a list. */
export function parseArgs(argv, flags = []) {
  const out = { _: [] };
  for (let i = 0; i < argv.length; i++) {
    if (!argv[i].startsWith('--')) {
      out._.push(argv[i]);
      continue;
    }
    const key = argv[i].slice(2);
    const value = flags.includes(key) ? true : argv[++i];
    if (value === undefined) throw new Error(`--${key} needs a value`);
    out[key] = key in out ? [].concat(out[key], value) : value;
  }
  return out;
}

/** A list, whether the argument was given never, once or several times. */
export const many = value => (value === undefined ? [] : [].concat(value));
