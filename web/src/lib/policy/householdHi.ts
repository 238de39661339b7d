// Health insurance of a household: what each member pays for 3, 6 or 12 months.
import { dayBefore, plusMonths } from './calendar';
import type { HouseholdHiTable } from './document';
import { Rate } from './exact';
import type { Law } from './law';
import { step, type Trace } from './steps';

export interface HouseholdMember {
  groups?: string[];
  chooses_household?: boolean;
  supported_months?: number;
}

export interface HouseholdInput {
  months: number;
  members: HouseholdMember[];
  members_before?: number;
}

export interface MemberContribution {
  order: number | null;
  group: string | null;
  monthly_vnd: number;
  contribution_vnd: number;
  state_vnd: number;
  payer_vnd: number;
}

export interface Household {
  months: number;
  paid_until: string;
  members: MemberContribution[];
  contribution_vnd: number;
  state_vnd: number;
  payer_vnd: number;
  base_changes: { on: string; top_up_vnd: number | null }[];
}

const MOST_MEMBERS = 50;
const ELSEWHERE = 'insured_elsewhere';
const NEVER_CHOOSING = ['budget_paid', ELSEWHERE];
const LONGEST_MONTHS = 12;

export function household(law: Law, on: string, input: HouseholdInput, trace: Trace): Household {
  const rules = law.on('household_hi', on);
  const period = check(law, rules, on, input);
  const first = rules.members[0];
  if (!first) throw new Error('a table without members');
  step(
    trace,
    'household_hi.first_monthly',
    { vnd: first.monthly_vnd },
    {
      rate: { share: Rate.parse(rules.contribution_rate[0]) },
      reference_level: { vnd: rules.reference_level[0] },
    },
    [rules.contribution_rate, rules.reference_level],
  );
  const counted = input.members.filter(isInHousehold).length;
  const all = input.members.length;
  const before = input.members_before ?? 0;
  step(
    trace,
    'household_hi.counted',
    { count: counted },
    { all: { count: all }, before: { count: before } },
    [],
    counted >= 1 && counted < all ? ['household_hi.order_counts_household_form_only'] : [],
  );
  let place = before;
  const members = input.members.map((member, at) =>
    isInHousehold(member)
      ? inHousehold(rules, ++place, input.months, trace)
      : inGroup(law, rules, on, at, member, input.months, trace),
  );
  const sum = (of: (member: MemberContribution) => number) => members.reduce((sum, one) => sum + of(one), 0);
  const contribution = sum((one) => one.contribution_vnd);
  const state = sum((one) => one.state_vnd);
  step(
    trace,
    'household_hi.total',
    { vnd: contribution - state },
    { contribution: { vnd: contribution }, state: { vnd: state } },
  );
  const until = dayBefore(plusMonths(on, input.months));
  step(trace, 'household_hi.period', { day: until }, { months: { count: input.months }, on: { day: on } }, [
    period[1],
  ]);
  return {
    months: input.months,
    paid_until: until,
    members,
    contribution_vnd: contribution,
    state_vnd: state,
    payer_vnd: contribution - state,
    base_changes: baseChanges(law, rules, on, until, trace),
  };
}

/** Pays as a member of the household, in its order. */
const isInHousehold = (member: HouseholdMember): boolean =>
  !member.groups?.length || member.chooses_household === true;

function check(law: Law, rules: HouseholdHiTable, on: string, input: HouseholdInput) {
  const open = rules.periods.filter(([, [flag]]) => flag === 1);
  const period = open.find(([months]) => months === input.months);
  if (!period)
    throw law.limited('household_hi.unknown_period', rules.periods[0]?.[1] ?? 0, {
      given: input.months,
      known: open.map(([months]) => months).join(', '),
    });
  law.check('members', input.members.length, 1, MOST_MEMBERS);
  law.check('members_before', input.members_before ?? 0, 0, MOST_MEMBERS);
  for (const member of input.members.filter((one) => one.chooses_household)) {
    const closed = member.groups?.find((group) => NEVER_CHOOSING.includes(group));
    if (closed) throw law.refused('household_hi.choice_not_of_group', { group: { word: `group.${closed}` } });
    if (member.groups?.length && !rules.is_law_2024)
      throw law.refused('household_hi.choice_not_yet', { on: { day: on } });
  }
  return period;
}

function inHousehold(
  rules: HouseholdHiTable,
  place: number,
  months: number,
  trace: Trace,
): MemberContribution {
  const member = rules.members[Math.min(place, rules.members.length) - 1];
  if (!member) throw new Error('a table without members');
  step(
    trace,
    'household_hi.member_monthly',
    { vnd: member.monthly_vnd },
    {
      place: { count: place },
      share: { share: Rate.parse(member.share[0]) },
      first: { vnd: rules.members[0]?.monthly_vnd ?? 0 },
    },
    [member.share],
  );
  const contribution = ofPeriod(member.monthly_vnd, months, trace);
  return {
    order: place,
    group: null,
    monthly_vnd: member.monthly_vnd,
    contribution_vnd: contribution,
    state_vnd: 0,
    payer_vnd: contribution,
  };
}

function ofPeriod(monthly: number, months: number, trace: Trace): number {
  step(
    trace,
    'household_hi.member',
    { vnd: monthly * months },
    { months: { count: months }, monthly: { vnd: monthly } },
  );
  return monthly * months;
}

function inGroup(
  law: Law,
  rules: HouseholdHiTable,
  on: string,
  at: number,
  member: HouseholdMember,
  months: number,
  trace: Trace,
): MemberContribution {
  const groups = member.groups ?? [];
  if (groups.includes(ELSEWHERE)) {
    step(trace, 'household_hi.insured_elsewhere', { vnd: 0 }, { at: { count: at + 1 } });
    const nothing = { monthly_vnd: 0, contribution_vnd: 0, state_vnd: 0, payer_vnd: 0 };
    return { order: null, group: ELSEWHERE, ...nothing };
  }
  const monthly = rules.members[0]?.monthly_vnd ?? 0;
  const contribution = ofPeriod(monthly, months, trace);
  const had = member.supported_months ?? 0;
  let best: { support: HouseholdHiTable['groups'][number]; months: number; state: number } | undefined;
  for (const group of groups) {
    const support = rules.groups.find((one) => one.group === group);
    if (!support)
      throw law.tableRefused(rules.groups_refused.find(([one]) => one === group)?.[1] ?? 0, {
        on: { day: on },
      });
    const most = support.most_months;
    if (most && had > most[0])
      throw law.limited('household_hi.supported_months_too_many', most, { given: had, most: most[0] });
    const count = most ? Math.min(months, most[0] - had) : months;
    const state = support.monthly_vnd * count;
    if (!best || state > best.state) best = { support, months: count, state };
  }
  if (!best) throw new Error('somebody without a group pays as a member of the household');
  const { support, state } = best;
  const rate = { share: Rate.parse(support.rate[0]) };
  step(
    trace,
    'household_hi.group',
    { word: `group.${support.group}` },
    { rate },
    [support.rate],
    groups.length > 1 && !rules.is_law_2024 ? ['household_hi.several_groups_until_2025_06'] : [],
  );
  step(
    trace,
    'household_hi.support_monthly',
    { vnd: support.monthly_vnd },
    { rate, monthly: { vnd: monthly } },
    [support.rate],
  );
  if (support.most_months)
    step(
      trace,
      'household_hi.support_months',
      { count: best.months },
      { months: { count: months }, had: { count: had }, most: { count: support.most_months[0] } },
      [support.most_months],
    );
  step(
    trace,
    'household_hi.support',
    { vnd: state },
    { months: { count: best.months }, monthly: { vnd: support.monthly_vnd } },
  );
  return {
    order: null,
    group: support.group,
    monthly_vnd: monthly,
    contribution_vnd: contribution,
    state_vnd: state,
    payer_vnd: contribution - state,
  };
}

function baseChanges(
  law: Law,
  rules: HouseholdHiTable,
  on: string,
  until: string,
  trace: Trace,
): Household['base_changes'] {
  const last = plusMonths(on, LONGEST_MONTHS);
  const within = law.document.base_salaries.filter(({ from }) => on < from && from <= last && from <= until);
  return within.map(({ from, level }) => {
    const inputs = { reference_level: { vnd: level[0] }, since: { day: from } };
    if (rules.not_repriced?.[0] === 1) {
      step(trace, 'household_hi.not_repriced', { vnd: 0 }, inputs, [level, rules.not_repriced]);
      return { on: from, top_up_vnd: 0 };
    }
    const doubt = 'household_hi.repricing_until_2018_11';
    step(trace, 'household_hi.repricing_unknown', { vnd: level[0] }, inputs, [level], [doubt]);
    return { on: from, top_up_vnd: null };
  });
}
