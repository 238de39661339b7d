// The phone against the engine: thousands of random questions with the engine's answers, which must be equal to the đồng.
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { calculate, type CalculatorName } from './calculators';
import type { PolicyDocument } from './document';
import { explained, type Language } from './steps';

const FILE = path.resolve(process.env.POLICY_SAMPLES ?? '../target/policy-samples.jsonl');

interface Told {
  unverified: string[];
  steps: {
    id: string;
    text: string;
    formula: string;
    parameters: { reference: string }[];
    doubts: string[];
  }[];
}
interface Sample {
  calculator: CalculatorName;
  on: string;
  input: never;
  answer: { value?: object; vi?: Told; en?: Told; refused?: { code: string; vi: string; en: string } };
}

let document: PolicyDocument;
const samples = new Map<string, Sample[]>();

beforeAll(async () => {
  if (!existsSync(FILE))
    throw new Error(`${FILE} is not there: cargo run -p xtask -- policy-samples target/policy-samples.jsonl`);
  for await (const line of createInterface({ input: createReadStream(FILE) })) {
    if (!document) {
      document = JSON.parse(line) as PolicyDocument;
      continue;
    }
    const sample = JSON.parse(line) as Sample;
    samples.set(sample.calculator, [...(samples.get(sample.calculator) ?? []), sample]);
  }
}, 120_000);

function told(sample: Sample, language: Language, trace: Parameters<typeof explained>[1]) {
  const of = sample.answer[language];
  if (!of) return;
  const mine = explained(document, trace, language);
  expect(mine.steps).toEqual(
    of.steps.map(({ id, text, formula, parameters, doubts }) => ({
      id,
      text,
      formula,
      references: parameters.map((parameter) => parameter.reference),
      doubts,
    })),
  );
  expect(mine.unverified).toEqual(of.unverified);
}

describe.each<CalculatorName>([
  'compare.withdraw_or_keep',
  'household_hi.contribution',
  'retirement.age',
  'tables.curve',
  'voluntary_si.payment',
  'withdrawal.loss',
])('%s', (name) => {
  it('answers and refuses as the engine does', () => {
    const all = samples.get(name) ?? [];
    expect(all.length).toBeGreaterThanOrEqual(3_000);
    for (const sample of all) {
      const mine = calculate(document, name, sample.on, sample.input);
      const refused = mine.refused && {
        code: mine.refused.code,
        vi: mine.refused.text('vi'),
        en: mine.refused.text('en'),
      };
      const value = mine.refused ? undefined : mine.value;
      const question = { on: sample.on, input: sample.input };
      expect({ question, value, refused }).toEqual({
        question,
        value: sample.answer.value,
        refused: sample.answer.refused,
      });
      if (mine.refused) continue;
      told(sample, 'vi', mine.trace);
      told(sample, 'en', mine.trace);
    }
  });
});
