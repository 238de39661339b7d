// What was reported below a unit, gathered by the units that report it.
import { jumpOf } from './data/monthlyForms';
import type { Observation } from './data/observations';

export interface Reporter {
  id: string;
  name: string;
  observations: Observation[];
  /** Ids of those that nobody has approved yet. */
  waiting: string[];
  /** How many of those are far from the period before. */
  odd: number;
}

/** What is shown: everybody, or those who need something. */
export type Shelf = 'all' | 'missing' | 'waiting' | 'approved';

/**
 * One row for each unit right below, and for each other that has reported.
 *
 * `natures` says of each indicator whether it is a stock or a flow, `before` is what was reported for the period before.
 */
export function reporters(
  units: { id: string; full_name: string }[],
  reported: Observation[],
  before: Observation[],
  natures: ReadonlyMap<string, string>,
): Reporter[] {
  const rows = new Map<string, Reporter>();
  const rowOf = (id: string, name: string) => {
    const known = rows.get(id);
    if (known) return known;
    const made = { id, name, observations: [], waiting: [], odd: 0 };
    rows.set(id, made);
    return made;
  };
  for (const unit of units) rowOf(unit.id, unit.full_name);
  const key = (one: Observation) => `${one.admin_unit_id} ${one.indicator}`;
  const earlier = new Map(before.map((one) => [key(one), one.value]));
  for (const one of reported) {
    const row = rowOf(one.admin_unit_id, one.admin_unit_name);
    row.observations.push(one);
    if (one.state !== 'submitted') continue;
    row.waiting.push(one.id);
    const line = { nature: natures.get(one.indicator) ?? 'stock', previous: earlier.get(key(one)) };
    if (jumpOf(one.value, line)) row.odd += 1;
  }
  return [...rows.values()];
}

/** `expected` is how many figures a unit must report. */
export function onShelf(row: Reporter, shelf: Shelf, expected: number): boolean {
  const isMissing = row.observations.length < expected;
  if (shelf === 'missing') return isMissing;
  if (shelf === 'waiting') return row.waiting.length > 0;
  if (shelf === 'approved') return !isMissing && row.waiting.length === 0;
  return true;
}
