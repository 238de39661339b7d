import { describe, expect, it } from 'vitest';
import { fold, matches, slug } from './search';

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

  it('makes readable ids of whole words', () => {
    expect(slug('  Tỉnh Nghệ An, năm 2022! ', 64)).toBe('tinh-nghe-an-nam-2022');
    expect(slug('Đối thoại – tư vấn', 12)).toBe('doi-thoai-tu');
    expect(slug('Đối thoại', 5)).toBe('doi');
    expect(slug('…', 64)).toBe('');
  });
});
