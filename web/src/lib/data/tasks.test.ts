import { describe, expect, it } from 'vitest';
import { byUrgency, isOpen, standingOf, takesReports, type Task } from './tasks';

function task(change: Partial<Task> & { late?: boolean; atRisk?: boolean }): Task {
  const { late = false, atRisk = false, ...rest } = change;
  return {
    state: 'in_progress',
    kind: 'do',
    has_children: false,
    due_day: '2022-05-31',
    standing: {
      progress: 40,
      children: 0,
      children_done: 0,
      leaves: 1,
      leaves_done: 0,
      leaves_late: 0,
      late,
    },
    risk: atRisk
      ? { kind: 'behind', at_risk: true, time_percent: 70, done_percent: 40, days_left: 9, explanation: '' }
      : null,
    ...rest,
  } as Task;
}

describe('standing of a task', () => {
  it('is told in one word, the worst first', () => {
    expect(standingOf(task({}))).toBe('in_time');
    expect(standingOf(task({ atRisk: true }))).toBe('at_risk');
    expect(standingOf(task({ late: true, atRisk: true }))).toBe('late');
    expect(standingOf(task({ state: 'accepted', late: true }))).toBe('done');
    expect(standingOf(task({ state: 'cancelled' }))).toBe('cancelled');
  });

  it('puts late work first, then what is at risk, then by deadline', () => {
    const list = [
      task({ id: 'later', due_day: '2022-06-30' }),
      task({ id: 'soon', due_day: '2022-05-20' }),
      task({ id: 'risk', atRisk: true }),
      task({ id: 'late', late: true }),
    ];
    expect(list.sort(byUrgency).map((one) => one.id)).toEqual(['late', 'risk', 'soon', 'later']);
  });
});

it('is open while its lead has something to do', () => {
  expect(['new', 'acknowledged', 'in_progress', 'returned'].every((state) => isOpen({ state }))).toBe(true);
  expect(['submitted', 'accepted', 'cancelled'].some((state) => isOpen({ state }))).toBe(false);
});

it('takes no percent where it follows from the tasks below, or is only to be passed on', () => {
  expect(takesReports(task({}))).toBe(true);
  expect(takesReports(task({ has_children: true }))).toBe(false);
  expect(takesReports(task({ kind: 'inform' }))).toBe(false);
});
