// A plan while it is written: nothing is null, and every line has a key that stays with it when lines move.
import type { Plan } from '$lib/data/campaigns';
import { slug } from '$lib/search';

export interface Line {
  key: number;
}
export interface TextLine extends Line {
  text: string;
}
export interface BasisLine extends Line {
  number: string;
  date: string;
  issuer: string;
  subject: string;
}
export interface ObjectiveLine extends TextLine {
  indicator: string;
  direction: '' | 'up' | 'down';
}
/** An audience or a workstream: `id` is what other lines call it by. */
export interface NamedLine extends Line {
  id: string;
  name: string;
}
export interface SloganLine extends TextLine {
  audience: string;
}
export interface ActivityLine extends TextLine {
  workstream: string;
  kind: string;
  quantity: number | null;
  period: string;
}
export interface ResponsibilityLine extends TextLine {
  organization_id: string;
  name: string;
  role: 'lead' | 'coordinate';
}
export interface BudgetLine extends Line {
  name: string;
  allotted_vnd: number | null;
  spent_vnd: number | null;
}

export interface PlanDraft {
  legal_bases: BasisLine[];
  objectives: { overall: string; specific: ObjectiveLine[] };
  requirements: TextLine[];
  method: string;
  audiences: NamedLine[];
  theme: string;
  logo: string;
  main_message: string;
  slogans: SloganLine[];
  channels: TextLine[];
  means: TextLine[];
  workstreams: NamedLine[];
  activities_planned: ActivityLine[];
  responsibilities: ResponsibilityLine[];
  budget_lines: BudgetLine[];
  report: {
    statistics_period: string;
    rounded_down: TextLine[];
    ranking_minimum: { result: number | null; target: number | null; growth: number | null };
  };
}

let lastKey = 0;
const key = () => ++lastKey;

/** An empty line of each list. */
export const newLine = {
  text: (): TextLine => ({ key: key(), text: '' }),
  basis: (): BasisLine => ({ key: key(), number: '', date: '', issuer: '', subject: '' }),
  objective: (): ObjectiveLine => ({ key: key(), text: '', indicator: '', direction: '' }),
  named: (): NamedLine => ({ key: key(), id: '', name: '' }),
  slogan: (audience = ''): SloganLine => ({ key: key(), audience, text: '' }),
  activity: (workstream = ''): ActivityLine => ({
    key: key(),
    workstream,
    kind: '',
    text: '',
    quantity: null,
    period: '',
  }),
  responsibility: (): ResponsibilityLine => ({
    key: key(),
    organization_id: '',
    name: '',
    role: 'lead',
    text: '',
  }),
  budget: (): BudgetLine => ({ key: key(), name: '', allotted_vnd: null, spent_vnd: null }),
};

/** A plan of the API, in which what is not there may be left out, as a draft. */
export function draftOf(plan: Plan): PlanDraft {
  const texts = (lines: string[]) => lines.map((text) => ({ key: key(), text }));
  const named = (lines: { id: string; name: string }[]) =>
    lines.map(({ id, name }) => ({ key: key(), id, name }));
  const { ranking_minimum: minimum } = plan.report;
  return {
    legal_bases: plan.legal_bases.map(({ number, date, issuer, subject }) => ({
      key: key(),
      number,
      date: date ?? '',
      issuer,
      subject,
    })),
    objectives: {
      overall: plan.objectives.overall,
      specific: plan.objectives.specific.map(({ text, indicator, direction }) => ({
        key: key(),
        text,
        indicator: indicator ?? '',
        direction: direction ?? '',
      })),
    },
    requirements: texts(plan.requirements),
    method: plan.method,
    audiences: named(plan.audiences),
    theme: plan.theme,
    logo: plan.logo,
    main_message: plan.main_message,
    slogans: plan.slogans.map(({ audience, text }) => ({ key: key(), audience, text })),
    channels: texts(plan.channels),
    means: texts(plan.means),
    workstreams: named(plan.workstreams),
    activities_planned: plan.activities_planned.map(({ workstream, kind, text, quantity, period }) => ({
      key: key(),
      workstream,
      kind: kind ?? '',
      text,
      quantity: quantity ?? null,
      period: period ?? '',
    })),
    responsibilities: plan.responsibilities.map(({ organization_id, name, role, text }) => ({
      key: key(),
      organization_id: organization_id ?? '',
      name: name ?? '',
      role,
      text,
    })),
    budget_lines: plan.budget_lines.map(({ name, allotted_vnd, spent_vnd }) => ({
      key: key(),
      name,
      allotted_vnd,
      spent_vnd,
    })),
    report: {
      statistics_period: plan.report.statistics_period ?? '',
      rounded_down: texts(plan.report.rounded_down),
      ranking_minimum: {
        result: minimum.result,
        target: minimum.target,
        growth: minimum.growth,
      },
    },
  };
}

/** The draft as the API takes it. */
export function planOf(draft: PlanDraft): Plan {
  const texts = (lines: TextLine[]) => lines.map(({ text }) => text.trim());
  const named = (lines: NamedLine[]) => lines.map(({ id, name }) => ({ id, name: name.trim() }));
  const { ranking_minimum: minimum } = draft.report;
  return {
    legal_bases: draft.legal_bases.map(({ number, date, issuer, subject }) => ({
      number: number.trim(),
      date: date || null,
      issuer: issuer.trim(),
      subject: subject.trim(),
    })),
    objectives: {
      overall: draft.objectives.overall.trim(),
      specific: draft.objectives.specific.map(({ text, indicator, direction }) => ({
        text: text.trim(),
        indicator: indicator || null,
        direction: direction || null,
      })),
    },
    requirements: texts(draft.requirements),
    method: draft.method.trim(),
    audiences: named(draft.audiences),
    theme: draft.theme.trim(),
    logo: draft.logo.trim(),
    main_message: draft.main_message.trim(),
    slogans: draft.slogans.map(({ audience, text }) => ({ audience, text: text.trim() })),
    channels: texts(draft.channels),
    means: texts(draft.means),
    workstreams: named(draft.workstreams),
    activities_planned: draft.activities_planned.map(({ workstream, kind, text, quantity, period }) => ({
      workstream,
      kind: kind || null,
      text: text.trim(),
      quantity,
      period: period || null,
    })),
    responsibilities: draft.responsibilities.map(({ organization_id, name, role, text }) => ({
      organization_id: organization_id || null,
      name: name.trim() || null,
      role,
      text: text.trim(),
    })),
    budget_lines: draft.budget_lines.map(({ name, allotted_vnd, spent_vnd }) => ({
      name: name.trim(),
      allotted_vnd: allotted_vnd ?? 0,
      spent_vnd: spent_vnd ?? 0,
    })),
    report: {
      statistics_period: draft.report.statistics_period || null,
      rounded_down: texts(draft.report.rounded_down),
      ranking_minimum: {
        result: minimum.result ?? 0,
        target: minimum.target ?? 0,
        growth: minimum.growth ?? 0,
      },
    },
  };
}

/** Gives lines that have a name but no id yet one made from the name. Ids once given stay. */
export function nameLines(lines: NamedLine[]): void {
  for (const line of lines) {
    if (line.id || !line.name.trim()) continue;
    const wanted = slug(line.name, 32) || 'muc';
    const taken = (id: string) => lines.some((one) => one.id === id);
    let id = wanted;
    for (let number = 2; taken(id); number++) id = `${wanted}-${number}`;
    line.id = id;
  }
}
