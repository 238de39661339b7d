// Short ids made of names, for what a province adds to a catalogue.
import { fold } from './search';

/** `Gói tin Zalo` becomes `goi_tin_zalo`; another one of that name `goi_tin_zalo_2`. */
export function identifierOf(name: string, taken: Iterable<string> = []): string {
  const words = fold(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const start = (/^[a-z]/.test(words) ? words : `k_${words}`).slice(0, 56).replace(/_+$/, '');
  const known = new Set(taken);
  let id = start;
  for (let number = 2; known.has(id); number += 1) id = `${start}_${number}`;
  return id;
}
