// The calculators by name, on the tables of the engine's document: they work without a network.
import { compare, type CompareInput, type Comparison } from './compare';
import { curve, type Curve, type CurveInput } from './curve';
import type { PolicyDocument } from './document';
import { household, type Household, type HouseholdInput } from './householdHi';
import { Law, Refused } from './law';
import { retirementAge, type AgeInput } from './retirement';
import type { Trace } from './steps';
import { payment, type Payment, type PaymentInput } from './voluntarySi';
import { withdrawalLoss, type WithdrawalInput, type WithdrawalLoss } from './withdrawal';

/** Input and answer of each calculator, as in the API. */
export interface Calculators {
  'compare.withdraw_or_keep': [CompareInput, Comparison];
  'household_hi.contribution': [HouseholdInput, Household];
  'retirement.age': [AgeInput, { age: string; reached: string; from: string }];
  'tables.curve': [CurveInput, Curve];
  'voluntary_si.payment': [PaymentInput, Payment];
  'withdrawal.loss': [WithdrawalInput, WithdrawalLoss];
}
export type CalculatorName = keyof Calculators;

const CALCULATORS: {
  [Name in CalculatorName]: (
    law: Law,
    on: string,
    input: Calculators[Name][0],
    trace: Trace,
  ) => Calculators[Name][1];
} = {
  'compare.withdraw_or_keep': compare,
  'household_hi.contribution': household,
  'retirement.age': retirementAge,
  'tables.curve': curve,
  'voluntary_si.payment': payment,
  'withdrawal.loss': withdrawalLoss,
};

/** An answer with its steps, or why there is none. */
export type Answer<T> = { value: T; trace: Trace; refused?: undefined } | { refused: Refused };

/** What a calculator says by the law of a day. */
export function calculate<Name extends CalculatorName>(
  document: PolicyDocument,
  name: Name,
  on: string,
  input: Calculators[Name][0],
): Answer<Calculators[Name][1]> {
  const trace: Trace = [];
  try {
    return { value: CALCULATORS[name](new Law(document), on, input, trace), trace };
  } catch (error) {
    if (error instanceof Refused) return { refused: error };
    throw error;
  }
}
