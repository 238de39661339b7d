import { expect, it } from 'vitest';
import { identifierOf } from './identifiers';

it('makes ids of names, each its own', () => {
  expect(identifierOf('Gói tin Zalo (đợt 2)')).toBe('goi_tin_zalo_dot_2');
  expect(identifierOf('Người dự', ['nguoi_du'])).toBe('nguoi_du_2');
  expect(identifierOf('Người dự', ['nguoi_du', 'nguoi_du_2'])).toBe('nguoi_du_3');
  expect(identifierOf('24 giờ')).toBe('k_24_gio');
  expect(identifierOf('a'.repeat(80))).toHaveLength(56);
});
