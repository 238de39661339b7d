// An answer as a picture to share: texts, and a chart of the page, drawn on a canvas and made a PNG.
import { PICTURE } from '$lib/charts/palette';

export interface Card {
  title: string;
  /** The first is the headline. */
  lines: string[];
  /** Made of rectangles, lines, paths and texts. */
  chart?: SVGSVGElement | undefined;
  /** Day, version of the rules. */
  foot: string;
}

const WIDTH = 1080;
const EDGE = 64;
const WITHIN = WIDTH - 2 * EDGE;
const FACE = `'Be Vietnam Pro', sans-serif`;

interface Text {
  lines: string[];
  size: number;
  font: string;
  colour: string;
}

function pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser draws no pictures');
  return context;
}

/** The text in lines that fit. */
async function set(text: string, size: number, weight: number, colour: string): Promise<Text> {
  const font = `${weight} ${size}px ${FACE}`;
  await document.fonts.load(font, text);
  const context = pen(document.createElement('canvas'));
  context.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= WITHIN) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return { lines, size, font, colour };
}

/** The card as a PNG file. */
export async function cardPicture(card: Card, name: string): Promise<File> {
  const head = [await set('Ra Quân', 34, 700, PICTURE.gold), await set(card.title, 44, 700, PICTURE.surface)];
  const [headline = '', ...rest] = card.lines;
  const body = [await set(headline, 50, 700, PICTURE.accent)];
  for (const line of rest) body.push(await set(line, 36, 400, PICTURE.ink));
  const foot = await set(card.foot, 26, 400, PICTURE.soft);

  const heightOf = (text: Text) => text.lines.length * text.size * 1.4;
  const headHeight = head.reduce((sum, text) => sum + heightOf(text), 72);
  const bodyHeight = body.reduce((sum, text) => sum + heightOf(text) + 16, 32);
  const box = card.chart?.viewBox.baseVal;
  const scale = box ? WITHIN / box.width : 0;
  const chartHeight = box ? box.height * scale + 48 : 0;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [
    WIDTH,
    Math.ceil(headHeight + bodyHeight + chartHeight + heightOf(foot) + 72),
  ];
  const context = pen(canvas);
  context.fillStyle = PICTURE.paper;
  context.fillRect(0, 0, WIDTH, canvas.height);
  context.fillStyle = PICTURE.accent;
  context.fillRect(0, 0, WIDTH, headHeight);

  let y = 32;
  const write = (text: Text, gap: number) => {
    context.font = text.font;
    context.fillStyle = text.colour;
    for (const line of text.lines) context.fillText(line, EDGE, (y += text.size * 1.4) - text.size * 0.25);
    y += gap;
  };
  for (const text of head) write(text, 0);
  y = headHeight + 32;
  for (const text of body) write(text, 16);
  if (card.chart) {
    drawChart(context, card.chart, EDGE, y + 16, scale);
    y += chartHeight;
  }
  write(foot, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('the browser made no picture');
  return new File([blob], name, { type: 'image/png' });
}

/** The shapes of the chart, each where it stands on the page. */
function drawChart(
  context: CanvasRenderingContext2D,
  chart: SVGSVGElement,
  x: number,
  y: number,
  scale: number,
) {
  const shapes = chart.querySelectorAll<SVGGraphicsElement>('rect, line, path, text');
  for (const shape of shapes) {
    const own = chart
      .getCTM()
      ?.inverse()
      .multiply(shape.getCTM() ?? new DOMMatrix());
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    if (own) context.transform(own.a, own.b, own.c, own.d, own.e, own.f);
    const style = getComputedStyle(shape);
    const number = (name: string) => Number(shape.getAttribute(name) ?? 0);
    context.globalAlpha = Number(style.opacity);
    context.fillStyle = style.fill;
    context.strokeStyle = style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth);
    context.lineCap = style.strokeLinecap as CanvasLineCap;
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin;
    if (style.strokeDasharray !== 'none')
      context.setLineDash(style.strokeDasharray.split(',').map(parseFloat));
    const path = new Path2D(shape.getAttribute('d') ?? '');
    if (shape.tagName === 'rect') path.rect(number('x'), number('y'), number('width'), number('height'));
    if (shape.tagName === 'line') {
      path.moveTo(number('x1'), number('y1'));
      path.lineTo(number('x2'), number('y2'));
    }
    if (style.fill !== 'none') context.fill(path);
    if (style.stroke !== 'none') context.stroke(path);
    if (shape.tagName === 'text') {
      context.font = `${style.fontWeight} ${style.fontSize} ${FACE}`;
      context.textAlign = ({ middle: 'center', end: 'right' }[style.textAnchor] as CanvasTextAlign) ?? 'left';
      context.fillText(shape.textContent.trim(), number('x'), number('y'));
    }
    context.restore();
  }
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
