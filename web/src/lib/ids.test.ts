import { describe, expect, it } from 'vitest';
import { ContentId, newId } from './ids';

describe('ids', () => {
  it('are of version 7 and hold the time', () => {
    expect(newId(1_651_968_000_000)).toMatch(/^0180a0f7-4000-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differ within the same millisecond and sort by time', () => {
    expect(newId(1)).not.toBe(newId(1));
    expect(newId(1) < newId(2_000)).toBe(true);
  });

  it('stay while the content stays', () => {
    const id = new ContentId();
    const first = id.of({ value: 1 });
    expect(id.of({ value: 1 })).toBe(first);
    expect(id.of({ value: 2 })).not.toBe(first);
  });
});
