import { describe, expect, it } from 'vitest';
import { classBounds, classColour, classOf, SEQUENTIAL } from './palette';

describe('classes of a map', () => {
  it('are few, rounded and within the values', () => {
    const bounds = classBounds([3, 12, 48, 120, 560, 1322, 2222, 9000]);
    expect(bounds.length).toBeLessThan(SEQUENTIAL.length);
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    for (const bound of bounds) expect(bound > 3 && bound <= 9000).toBe(true);
  });

  it('need two different values', () => {
    expect(classBounds([7, 7, 7])).toEqual([]);
    expect(classBounds([])).toEqual([]);
  });

  it('take a value in at its lower bound', () => {
    expect([classOf(9, [10, 20]), classOf(10, [10, 20]), classOf(25, [10, 20])]).toEqual([0, 1, 2]);
  });

  it('use the scale from end to end', () => {
    expect(classColour(0, 3)).toBe(SEQUENTIAL[0]);
    expect(classColour(2, 3)).toBe(SEQUENTIAL.at(-1));
  });
});
