// An answer as a picture to share: texts and a chart drawn as SVG, turned into PNG by the browser.
import bold from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-700-normal.woff2?url';
import plain from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2?url';
import boldVietnamese from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-700-normal.woff2?url';
import plainVietnamese from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2?url';
import { PICTURE } from '$lib/charts/palette';

export interface Card {
  title: string;
  /** The first is the headline. */
  lines: string[];
  chart?: SVGSVGElement | undefined;
  /** Day, version of the rules. */
  foot: string;
}

const WIDTH = 1080;
const EDGE = 64;
const FACE = 'Be Vietnam Pro';

/** Letters of the page's face, which a picture must carry with it. */
async function faces(): Promise<string> {
  const face = async (url: string, weight: number) => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    return `@font-face{font-family:'${FACE}';font-weight:${weight};src:url(data:font/woff2;base64,${text})}`;
  };
  const all = [face(plain, 400), face(plainVietnamese, 400), face(bold, 700), face(boldVietnamese, 700)];
  const ranged = (css: string, at: number) =>
    at % 2
      ? css.replace(
          '}',
          ';unicode-range:U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01B0,U+0300-0323,U+1EA0-1EF9,U+20AB}',
        )
      : css;
  return (await Promise.all(all)).map(ranged).join('');
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The text in lines that fit. */
function wrapped(text: string, font: string, width: number): string[] {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [text];
  context.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The card as SVG, with its height. */
function drawn(card: Card, css: string): { svg: string; height: number } {
  const parts: string[] = [];
  let y = 0;
  const write = (text: string, size: number, weight: number, colour: string) => {
    for (const line of wrapped(text, `${weight} ${size}px '${FACE}'`, WIDTH - 2 * EDGE)) {
      y += size * 1.4;
      parts.push(
        `<text x="${EDGE}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(line)}</text>`,
      );
    }
  };
  y = 24;
  write('Ra Quân', 36, 700, PICTURE.gold);
  write(card.title, 44, 700, PICTURE.surface);
  const head = y + 40;
  y = head + 24;
  card.lines.forEach((line, at) => {
    write(line, at ? 36 : 52, at ? 400 : 700, at ? PICTURE.ink : PICTURE.accent);
    y += 14;
  });
  if (card.chart) {
    const chart = card.chart.cloneNode(true) as SVGSVGElement;
    const { width, height } = card.chart.viewBox.baseVal;
    const shown = ((WIDTH - 2 * EDGE) * height) / width;
    y += 24;
    for (const [name, value] of Object.entries({ x: EDGE, y, width: WIDTH - 2 * EDGE, height: shown }))
      chart.setAttribute(name, String(value));
    parts.push(new XMLSerializer().serializeToString(chart));
    y += shown;
  }
  y += 16;
  write(card.foot, 26, 400, PICTURE.soft);
  const height = Math.ceil(y + 48);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="'${FACE}',sans-serif">` +
    `<style>${css}</style><rect width="${WIDTH}" height="${height}" fill="${PICTURE.paper}"/>` +
    `<rect width="${WIDTH}" height="${head}" fill="${PICTURE.accent}"/>${parts.join('')}</svg>`;
  return { svg, height };
}

/** The card as a PNG file. */
export async function cardPicture(card: Card, name: string): Promise<File> {
  const { svg, height } = drawn(card, await faces());
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, height];
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('the browser made no picture');
  return new File([blob], name, { type: 'image/png' });
}

/** Hands a file to another app where the device can, else saves it. */
export async function shareOrSave(file: File): Promise<void> {
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
