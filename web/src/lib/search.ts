// Finding names without accents: "nghe an" finds "Nghệ An".

/** Lower case, without marks; `đ` becomes `d`. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** True when every word of `query` occurs in `text`, accents and case aside. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(' ')
    .every((word) => folded.includes(word));
}

/** A readable id from a name: `Tỉnh Nghệ An, năm 2022` becomes `tinh-nghe-an-nam-2022`, whole words up to `longest`. */
export function slug(text: string, longest: number): string {
  const whole = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (whole.length <= longest) return whole;
  const end = whole.lastIndexOf('-', longest);
  return whole.slice(0, end > 0 ? end : longest);
}
