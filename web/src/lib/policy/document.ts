// The document that the engine makes for phones: dated tables, sentences, articles. See crates/policy/src/offline.

/** A value and the place of its article in `sources`. */
export type Told<T> = [value: T, source: number];
/** An exact share or number as text: `0.22`. */
export type RateText = string;
/** Vietnamese, English. */
export type Both = [vi: string, en: string];
/** `2026-07`. */
export type MonthText = string;

/** Either a table, or the place in `tables_refused` of why there is none. */
export type Says<T> = { rules: T } | { refused: number };
export type Dated<T> = Says<T> & { from: string };
export interface Refusal {
  code: string;
  vi: string;
  en: string;
}

export type Sex = 'man' | 'woman';
export type Category = 'poor' | 'island_commune' | 'near_poor' | 'ethnic_minority' | 'other';
export type Scheme = 'voluntary_si' | 'compulsory_si';
export type Mode = 'monthly' | 'three_months' | 'six_months' | 'twelve_months';
export type Reason = 'age_reached' | 'settling_abroad' | 'serious_disease' | 'disability' | 'stopped_paying';

export interface CategorySupport {
  category: Category;
  rate: Told<RateText>;
  monthly_vnd: number;
}

export interface VoluntarySiTable {
  contribution_rate: Told<RateText>;
  poverty_line: Told<number>;
  reference_level: Told<number>;
  ceiling_multiple: Told<number>;
  income_ceiling_vnd: number;
  income_step: Told<number> | null;
  support_max_months: Told<number>;
  support: CategorySupport[];
  /** Monthly, 3, 6, 12 months: months of a block, and the month of it by which it is paid. */
  modes: [Told<number>, Told<number>][];
  local: { province: string; area?: string; support: CategorySupport[] }[];
}

export interface HouseholdHiTable {
  contribution_rate: Told<RateText>;
  reference_level: Told<number>;
  members: { share: Told<RateText>; monthly_vnd: number }[];
  periods: [months: number, open: Told<number>][];
  groups: { group: string; rate: Told<RateText>; monthly_vnd: number; most_months?: Told<number> }[];
  groups_refused: [group: string, refused: number][];
  not_repriced: Told<number> | null;
  is_law_2024: boolean;
}

export interface RetirementTable {
  ages: Record<0 | 1, [from: MonthText, months: Told<number>][]>;
  unknown_year_after: [Told<number>, Told<number>];
  minimum_years: Told<number>;
  minimum_since: MonthText;
  minimum_years_before: Told<number> | null;
  retained: [ages: [Told<number>, Told<number>], years: Told<number>] | null;
  compulsory_years: Told<number> | null;
  missing_max_months: Told<number>;
  missing_months_before_age: Told<number>;
  own_allowance_months: Told<number> | null;
  withdrawal_under_years: number;
}

export interface CoefficientTable {
  /** In ten-thousandths, by year from `limits.first_coefficient_year` on. */
  by_year: (Told<number> | null)[];
  missing: [voluntary: number, compulsory: number];
}

export interface PensionTable {
  base: Told<RateText>;
  maximum: Told<RateText>;
  years_at_base: [Told<number>, Told<number>];
  per_year: [Told<RateText>, Told<RateText>];
  men_under: [Told<RateText>, Told<RateText>] | null;
  half_year: [Told<number>, Told<number>];
  minimum_years: Told<number>;
  allowance_years: [Told<number>, Told<number>];
  allowance_factor: Told<RateText>;
  allowance_factor_after: Told<RateText> | null;
  minimum_pension: [Told<number>, Told<number>] | null;
  health_card: Told<RateText> | null;
  coefficients: Says<CoefficientTable>;
}

export interface WithdrawalTable {
  contribution_rate: Told<RateText>;
  per_year: [Told<RateText>, Told<RateText>];
  short_period: [Told<number>, Told<number>];
  stopped_paying: [Told<number>, Told<number>];
  diseases: [string, Told<number>][];
  capacity_loss: Says<Told<number>>;
  deducted: [general: Told<number>, disease: Told<number>];
  support_max_months: Told<number>;
  reference_level: Told<number>;
  funeral_multiple: Told<number>;
  funeral_minimum_months: Told<number>;
}

export interface SupportSince {
  from: string;
  contribution_rate: Told<RateText>;
  poverty_line: Told<number>;
  support: [Category, Told<RateText>, number][];
}

export interface PolicyDocument {
  rules_version: string;
  days: [first: string, last: string];
  sources: { reference: string; unverified?: Both }[];
  texts: Record<string, [vi: string, en: string, formula: string]>;
  doubts: Record<string, Both>;
  words: Record<string, Both>;
  tables_refused: Refusal[];
  refusals: Record<string, Refusal>;
  limits: {
    income_vnd: number;
    months: number;
    age: number;
    compared_age: number;
    prepaid_months: number;
    first_coefficient_year: number;
    first_voluntary_year: number;
    more_from: MonthText;
    men_under_from: number;
    retained_age_before: MonthText;
    ages_rise: MonthText;
    laws_2024: MonthText;
  };
  voluntary_si: Dated<VoluntarySiTable>[];
  household_hi: Dated<HouseholdHiTable>[];
  base_salaries: { from: string; level: Told<number> }[];
  retirement: Dated<RetirementTable>[];
  pension: Dated<PensionTable>[];
  withdrawal: Dated<WithdrawalTable>[];
  income_floors: Dated<{ amount_vnd: number; source: number }>[];
  income_ceilings: Dated<{ amount_vnd: number; source: number }>[];
  state_support: SupportSince[];
  social_pension: Dated<{ level: Told<number>; age_months: number } | null>[];
}
