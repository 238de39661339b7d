// What a person was told, to be kept with the record of the conversation: the server answers each question again.
import { calculate, type CalculatorName, type Calculators } from './calculators';
import type { PolicyDocument } from './document';
import { compareOf, curveOf, householdOf, paymentOf, type Chosen } from './questions';

export interface Quote {
  calculator: CalculatorName;
  on: string;
  input: unknown;
  /** Of the rules on this device. */
  rules_version: string;
}

/** The questions of the tab that is shown, those that have an answer. */
export function quotesOf(document: PolicyDocument, chosen: Chosen): Quote[] {
  const { on, tab } = chosen;
  const quotes: Quote[] = [];
  function add<Name extends CalculatorName>(calculator: Name, input: Calculators[Name][0] | undefined) {
    if (input && !calculate(document, calculator, on, input).refused)
      quotes.push({ calculator, on, input, rules_version: document.rules_version });
  }
  if (tab === 'voluntary') {
    add('voluntary_si.payment', paymentOf(chosen));
    add('tables.curve', curveOf(chosen));
  }
  if (tab === 'household') add('household_hi.contribution', householdOf(chosen));
  if (tab === 'compare') add('compare.withdraw_or_keep', compareOf(chosen));
  return quotes;
}
