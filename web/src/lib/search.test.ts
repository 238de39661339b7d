import { describe, expect, it } from 'vitest';
import { fold, matches } from './search';

describe('search without accents', () => {
  it('folds marks and the letter đ', () => {
    expect(fold('  Đắk  Lắk ')).toBe('dak lak');
    expect(fold('M’Đrắk')).toBe('m’drak');
  });

  it('finds every word in any order', () => {
    expect(matches('Tỉnh Nghệ An', 'nghe an')).toBe(true);
    expect(matches('Huyện Buôn Đôn', 'don buon')).toBe(true);
    expect(matches('Tỉnh Nghệ An', 'ha noi')).toBe(false);
  });
});
