// A small seeded generator of random numbers (splitmix32), so that every run makes the same documents everywhere.

/** Makes a generator from a seed: a number, or any text (hashed), so that each type can have a stream of its own. */
export function random(seed) {
  let state = typeof seed === 'number' ? seed >>> 0 : hash(String(seed));
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const below = bound => (bound <= 0 ? 0 : next() % bound);
  return {
    below,
    chance: percent => below(100) < percent,
    pick: list => list[below(list.length)],
    shuffle: list => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
  };
}

function hash(text) {
  let h = 0x811c9dc5;
  for (const char of text) h = Math.imul(h ^ char.codePointAt(0), 0x01000193) >>> 0;
  return h;
}
