// What is chosen on the calculator's screens, and the link that brings it back.
import { today } from '$lib/format';
import { HOUSEHOLD, type Chosen } from '$lib/policy/questions';

export const TABS = ['voluntary', 'household', 'compare'] as const;

const defaults = (): Chosen => ({
  tab: 'voluntary',
  on: today(),
  income: '',
  category: 'other',
  mode: 'monthly',
  born: '',
  sex: '',
  years: '',
  members: [HOUSEHOLD, HOUSEHOLD, HOUSEHOLD].join(','),
  period: '12',
  paid: '',
  last: '',
  wage: '',
  scheme: 'voluntary_si',
  reason: 'stopped_paying',
});

/** What the link of a tab must carry besides the day. */
const OF_TAB: Record<string, (keyof Chosen)[]> = {
  voluntary: ['income', 'category', 'mode', 'born', 'sex', 'years'],
  household: ['members', 'period'],
  compare: ['born', 'sex', 'paid', 'last', 'wage', 'scheme', 'reason'],
};

export class CalculatorInputs {
  readonly chosen: Chosen;
  /** Whether a link brought something along. */
  readonly linked: boolean;

  constructor(params?: Pick<URLSearchParams, 'get'>) {
    const chosen = defaults();
    for (const name of Object.keys(chosen) as (keyof Chosen)[])
      chosen[name] = params?.get(name)?.trim() || chosen[name];
    if (!TABS.some((tab) => tab === chosen.tab)) chosen.tab = TABS[0];
    if (!/^\d{4}-\d{2}-\d{2}$/.test(chosen.on)) chosen.on = today();
    this.chosen = $state(chosen);
    this.linked = params?.get('tab') != null;
  }

  /** The query of a link that shows the same answer, today and years later. */
  get query(): string {
    const { tab, on } = this.chosen;
    const unchosen = defaults();
    const names = (OF_TAB[tab] ?? []).filter((name) => this.chosen[name] !== unchosen[name]);
    const shown = [['tab', tab], ['on', on], ...names.map((name) => [name, this.chosen[name]])];
    return `?${shown.map((pair) => pair.map((text = '') => encodeURIComponent(text)).join('=')).join('&')}`;
  }
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `5/1986`, or the year alone. */
export const bornText = (born: string): string =>
  born.length > 4 ? `${Number(born.slice(5))}/${born.slice(0, 4)}` : born;
