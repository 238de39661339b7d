// Two people wrote the same plan: which parts each of them changed, and the plan put together from both.
import type { Plan } from '$lib/data/campaigns';

/** All that the editor writes: the plan, and the campaign's name and days. */
export type Content = Plan & { name: string; first_day: string; last_day: string };
export type Part = keyof Content;

export interface Clash {
  part: Part;
  /** Whether only the other person changed it, or both did. */
  by: 'other' | 'both';
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The parts that the other person changed to something else than what stands here. */
export function clashes(base: Content, mine: Content, theirs: Content): Clash[] {
  return (Object.keys(mine) as Part[])
    .filter((part) => !same(base[part], theirs[part]) && !same(mine[part], theirs[part]))
    .map((part) => ({ part, by: same(base[part], mine[part]) ? 'other' : 'both' }));
}

/** What stands here, with the parts that are taken from the other person. */
export function merged(mine: Content, theirs: Content, taken: Part[]): Content {
  return { ...mine, ...Object.fromEntries(taken.map((part) => [part, theirs[part]])) };
}
