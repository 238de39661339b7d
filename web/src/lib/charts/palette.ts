// Colours of charts and maps, in keeping with the design tokens.

/** Series, told apart by lightness too. */
export const SERIES = ['#0f6180', '#e09a1a', '#7aa7b8', '#a3271d', '#5c7a3a', '#6d5a96'];

/** From little to much. */
export const SEQUENTIAL = ['#e3f0f4', '#b5d5df', '#7fb3c4', '#3f8aa4', '#0f6180', '#0b3f53'];

export const MISSING = '#e9e5dc';

/** States of tasks on a map. */
export const STATE_COLOURS: Record<string, string> = {
  done: '#2f8a50',
  in_time: '#7fb3c4',
  at_risk: '#e0a03a',
  late: '#c8443a',
};

/** Bounds of classes that hold about equally many values: `n` classes have `n - 1` inner bounds, each of them rounded. */
export function classBounds(values: number[], classes = SEQUENTIAL.length): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 2) return [];
  const bounds = new Set<number>();
  for (let index = 1; index < classes; index++) {
    const raw = sorted[Math.floor((index * sorted.length) / classes)] ?? 0;
    const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(raw) || 1)) - 1);
    const rounded = Math.round(raw / step) * step;
    if (rounded > (sorted[0] ?? 0) && rounded <= (sorted.at(-1) ?? 0)) bounds.add(rounded);
  }
  return [...bounds].sort((a, b) => a - b);
}

/** The class `value` falls into, counted from 0. */
export function classOf(value: number, bounds: number[]): number {
  let index = 0;
  while (index < bounds.length && value >= (bounds[index] ?? Infinity)) index++;
  return index;
}

/** The colour of class `index` out of `count`, spread over the whole scale. */
export function classColour(index: number, count: number): string {
  const at = count <= 1 ? SEQUENTIAL.length - 2 : Math.round((index * (SEQUENTIAL.length - 1)) / (count - 1));
  return SEQUENTIAL[at] ?? MISSING;
}

/** Text, lesser text and lines of pictures that also leave the page, where tokens do not reach. */
export const PICTURE = {
  ink: '#1d2530',
  soft: '#4c5663',
  line: '#e1dcd1',
  paper: '#f7f5f0',
  surface: '#ffffff',
  accent: '#0b4a60',
  gold: '#f0b43c',
};
