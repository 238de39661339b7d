// Withdraw now, or keep the years and retire: what each brings, and from which age keeping brings more.
import { ageText, monthOf, monthText, type Month } from './calendar';
import { inOrder, spansOf, type CareerInput } from './career';
import type { Reason, Sex } from './document';
import { birthday, Refused, type Birthday, type Law } from './law';
import { pensionOfCareer, type CareerPension } from './pension';
import { planned, type Further, type FurtherInput } from './plan';
import { step, type Trace } from './steps';
import { allowed, lossUnchecked, type WithdrawalInput, type WithdrawalLoss } from './withdrawal';

export interface CompareInput {
  born: string;
  sex: Sex;
  career: CareerInput;
  reason?: Reason;
  further?: FurtherInput | null;
  state_support_vnd?: number | null;
  ages?: number[];
}

export interface AtAge {
  age: string;
  month: string;
  keep_vnd: number;
  withdraw_vnd: number;
  difference_vnd: number;
}

export interface Comparison {
  withdraw: {
    refused: { code: string; message_vi: string; message_en: string } | null;
    loss: WithdrawalLoss;
  };
  keep: { further: Further | null; pension: CareerPension; state_support_kept_vnd: number };
  social_pension: { from: string; monthly_vnd: number } | null;
  break_even: { month: string; age: string; months_of_pension: number } | null;
  at_ages: AtAge[];
}

const USUAL_AGES = [65, 70, 75, 80, 85];
const MOST_AGES = 60;

export function compare(law: Law, on: string, input: CompareInput, trace: Trace): Comparison {
  const spans = spansOf(input.career);
  inOrder(law, spans);
  const ages = input.ages ?? USUAL_AGES;
  law.check('ages', ages.length, 0, MOST_AGES);
  law.on('withdrawal', on);
  step(trace, 'compare.assumptions', { day: on }, { on: { day: on } });
  const withdraw = withdrawNow(law, on, input, trace);
  const born = birthday(input.born);
  const { spans: whole, further } = planned(law, on, spans, input.further, trace);
  const { first, ...pension } = pensionOfCareer(law, on, born, input.sex, whole, trace);
  const supported = withdraw.loss.withdrawal.state_support.amount_vnd;
  const kept = supported + (further?.state_support.amount_vnd ?? 0);
  const social = socialPensionLater(law, on, born, pension.pension.pension_vnd, trace);
  const ways = new Ways(born.month, first, withdraw.loss, pension, further, social);
  const atAges = ages.map((age) => {
    law.check('ages', age, 1, law.limits.compared_age);
    return ways.atAge(age * 12, trace);
  });
  return {
    withdraw,
    keep: { further, pension, state_support_kept_vnd: kept },
    social_pension: social && { from: monthText(social.from), monthly_vnd: social.monthly },
    break_even: ways.breakEven(law, trace),
    at_ages: atAges,
  };
}

function withdrawNow(law: Law, on: string, input: CompareInput, trace: Trace): Comparison['withdraw'] {
  const rules = law.on('withdrawal', on);
  const reason = input.reason ?? 'stopped_paying';
  const asked: WithdrawalInput = {
    reason,
    born: input.born,
    sex: input.sex,
    extremely_severe_disability: reason === 'disability',
    career: input.career,
    state_support_vnd: input.state_support_vnd,
  };
  let refused = null;
  try {
    // A disease is not asked for: the amount does not depend on which it is.
    if (reason !== 'serious_disease') allowed(law, rules, on, asked, trace);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refused = { code: error.code, message_vi: error.text('vi'), message_en: error.text('en') };
    step(trace, 'compare.withdrawal_refused', { is: false }, { on: { day: on } });
  }
  return { refused, loss: lossUnchecked(law, rules, on, asked, trace) };
}

interface SocialPension {
  from: Month;
  monthly: number;
}

/** What the one who withdrew gets, if the pensioner does not get it as well. */
function socialPensionLater(
  law: Law,
  on: string,
  born: Birthday,
  pension: number,
  trace: Trace,
): SocialPension | null {
  const rules = law.on('social_pension', on);
  if (!rules || pension < rules.level[0]) return null;
  const [monthly] = rules.level;
  const from = Math.max(born.month + rules.age_months, monthOf(on));
  step(
    trace,
    'compare.social_pension',
    { vnd: monthly },
    { from: { month: from }, monthly: { vnd: monthly } },
    [rules.level],
  );
  return { from, monthly };
}

/** Both ways added up. */
class Ways {
  readonly #pension: number;
  readonly #allowance: number;
  readonly #paid: number;
  readonly #withdrawn: number;

  constructor(
    readonly born: Month,
    readonly first: Month,
    loss: WithdrawalLoss,
    pension: CareerPension,
    further: Further | null,
    readonly social: SocialPension | null,
  ) {
    this.#pension = pension.pension.pension_vnd;
    this.#allowance = pension.pension.one_time_allowance.amount_vnd;
    this.#paid = further?.payer_vnd ?? 0;
    this.#withdrawn = loss.withdrawal.amount_vnd;
  }

  /** Months of pension up to and including the month. */
  #months(month: Month): number {
    return Math.max(month - this.first + 1, 0);
  }

  kept(month: Month): number {
    const months = this.#months(month);
    return this.#pension * months + (months > 0 ? this.#allowance : 0) - this.#paid;
  }

  withdrawn(month: Month): number {
    const social = this.social ? this.social.monthly * Math.max(month - this.social.from + 1, 0) : 0;
    return this.#withdrawn + social;
  }

  atAge(age: number, trace?: Trace): AtAge {
    const month = this.born + age;
    const [keep, withdraw] = [this.kept(month), this.withdrawn(month)];
    step(
      trace,
      'compare.at_age',
      { vnd: keep - withdraw },
      { age: { age }, keep: { vnd: keep }, withdraw: { vnd: withdraw } },
    );
    return {
      age: ageText(age),
      month: monthText(month),
      keep_vnd: keep,
      withdraw_vnd: withdraw,
      difference_vnd: keep - withdraw,
    };
  }

  breakEven(law: Law, trace: Trace): Comparison['break_even'] {
    let month = this.first;
    while (this.kept(month) < this.withdrawn(month))
      if (++month - this.born > law.limits.compared_age * 12) return null;
    const [age, months] = [month - this.born, this.#months(month)];
    step(
      trace,
      'compare.break_even',
      { month },
      {
        age: { age },
        months: { count: months },
        pension: { vnd: this.#pension },
        allowance: { vnd: this.#allowance },
        paid: { vnd: this.#paid },
        withdrawn: { vnd: this.withdrawn(month) },
      },
    );
    return { month: monthText(month), age: ageText(age), months_of_pension: months };
  }
}
