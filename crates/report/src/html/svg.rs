//! Charts as inline SVG, drawn with whole numbers so that the same chart gives the same bytes.

use crate::chart::{Chart, ChartKind};
use crate::number::Decimal;
use crate::words::{Words, with_unit};
use maud::{Markup, html as markup};

const WIDTH: i64 = 640;
const FONT: i64 = 13;
const LINE: i64 = 16;
const PLOT_HEIGHT: i64 = 220;
const BAR: i64 = 16;
/// Fills that differ in lightness too, so that a black-and-white print can be read.
const FILLS: [&str; 5] = ["#1f4e79", "#d9a441", "#8a8f94", "#74b3a7", "#8c3b3b"];
const DASHES: [&str; 5] = ["none", "7 4", "2 3", "9 3 2 3", "12 3"];

/// The chart as an `<svg>`; nothing when there is no value to draw.
pub(super) fn draw(chart: &Chart, anchor: &str, words: &Words) -> Markup {
    let Some(scale) = Scale::of(chart) else {
        return Markup::default();
    };
    let drawing = Drawing {
        chart,
        words,
        scale,
    };
    let (height, body) = match chart.kind {
        ChartKind::Bar => drawing.lying(),
        ChartKind::Line => drawing.standing(),
        ChartKind::Column | ChartKind::Grouped if drawing.names_fit() => drawing.standing(),
        ChartKind::Column | ChartKind::Grouped => drawing.lying(),
    };
    let title = format!("{anchor}-title");
    let description = format!("{anchor}-description");
    markup! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (title) " " (description) }
            font-size=(FONT) fill="#000" {
            title id=(title) { (chart.caption) }
            desc id=(description) { (drawing.description()) }
            (body)
        }
    }
}

/// The axis: values counted in units of ten to the minus `places`, from `low` to `high` in steps.
struct Scale {
    places: u8,
    low: i128,
    high: i128,
    step: i128,
}

impl Scale {
    fn of(chart: &Chart) -> Option<Self> {
        let values: Vec<Decimal> = chart
            .series
            .iter()
            .flat_map(|series| &series.values)
            .flatten()
            .copied()
            .collect();
        let places = values.iter().map(|value| value.places()).max()?;
        let scaled = || values.iter().map(|value| value.at_places(places));
        let (least, most) = (scaled().min()?, scaled().max()?);
        // Bars and columns start at zero, or their lengths would mislead; a line may zoom in on a narrow band.
        let zooms = chart.kind == ChartKind::Line && least > most / 2;
        let low = if zooms { least } else { least.min(0) };
        let high = most
            .max(if zooms { least + 1 } else { low + 1 })
            .max(if zooms { most } else { 0 });
        let step = nice_step((high - low).max(1));
        Some(Self {
            places,
            low: low.div_euclid(step) * step,
            high: -((-high).div_euclid(step)) * step,
            step,
        })
    }

    /// Where a value lies on a stretch of that many pixels.
    fn at(&self, value: i128, pixels: i64) -> i64 {
        let span = (self.high - self.low).max(1);
        let place = (value - self.low) * i128::from(pixels) / span;
        i64::try_from(place).unwrap_or(pixels).clamp(0, pixels)
    }

    fn ticks(&self) -> impl Iterator<Item = i128> + '_ {
        (0..=12)
            .map(|index| self.low + self.step * index)
            .take_while(|tick| *tick <= self.high)
    }

    fn label(&self, tick: i128, words: &Words) -> String {
        let (mut scaled, mut places) = (tick, self.places);
        while places > 0 && self.step % 10i128.pow(u32::from(self.places - places + 1)) == 0 {
            scaled /= 10;
            places -= 1;
        }
        Decimal::new(i64::try_from(scaled).unwrap_or(i64::MAX), places).display(words.language)
    }
}

/// The smallest of 1, 2, 5, 10, 20, … that cuts the span into at most five parts.
fn nice_step(span: i128) -> i128 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            if factor * power * 5 >= span {
                return factor * power;
            }
        }
        power *= 10;
    }
}

struct Drawing<'a> {
    chart: &'a Chart,
    words: &'a Words,
    scale: Scale,
}

impl Drawing<'_> {
    fn description(&self) -> String {
        let mut lines = Vec::new();
        for series in &self.chart.series {
            let values: Vec<String> = self
                .chart
                .categories
                .iter()
                .zip(&series.values)
                .map(|(category, value)| format!("{category}: {}", self.value_text(*value)))
                .collect();
            lines.push(format!("{}: {}.", series.name, values.join("; ")));
        }
        lines.join(" ")
    }

    fn value_text(&self, value: Option<Decimal>) -> String {
        value.map_or_else(
            || "–".to_owned(),
            |value| with_unit(&value.display(self.words.language), &self.chart.unit),
        )
    }

    fn number_text(&self, value: Decimal) -> String {
        value.display(self.words.language)
    }

    fn widest_number(&self) -> i64 {
        let values = self
            .chart
            .series
            .iter()
            .flat_map(|series| &series.values)
            .flatten();
        values
            .map(|value| width(&self.number_text(*value)))
            .max()
            .unwrap_or(0)
    }

    fn axis_width(&self) -> i64 {
        self.scale
            .ticks()
            .map(|tick| width(&self.scale.label(tick, self.words)))
            .max()
            .unwrap_or(0)
            + 10
    }

    /// The room of one category when columns stand.
    fn slot(&self) -> i64 {
        (WIDTH - self.axis_width() - 8)
            / i64::try_from(self.chart.categories.len().max(1)).unwrap_or(i64::MAX)
    }

    /// Whether every name fits below its columns in at most three lines, and the columns are wide enough to see.
    fn names_fit(&self) -> bool {
        let slot = self.slot() - 6;
        let series = i64::try_from(self.chart.series.len().max(1)).unwrap_or(i64::MAX);
        slot / series >= 8
            && self.chart.categories.iter().all(|name| {
                let lines = wrap(name, slot);
                lines.len() <= 3 && lines.iter().all(|line| width(line) <= slot)
            })
    }

    /// One name per series above the plot; none for a single series, which the caption names.
    fn legend(&self) -> (i64, Markup) {
        if self.chart.series.len() < 2 {
            return (4, Markup::default());
        }
        let (mut x, mut y) = (4, 4);
        let mut places = Vec::new();
        for (index, series) in self.chart.series.iter().enumerate() {
            let name = shorten(&series.name, WIDTH - 40);
            let room = width(&name) + 40;
            if x > 4 && x + room > WIDTH {
                x = 4;
                y += LINE + 4;
            }
            places.push((index, x, y, name));
            x += room;
        }
        let body = markup! {
            @for (index, x, y, name) in places {
                @if self.chart.kind == ChartKind::Line {
                    line x1=(x) y1=(y + 7) x2=(x + 20) y2=(y + 7) stroke=(FILLS[index % 5]) stroke-width="2.5" stroke-dasharray=(DASHES[index % 5]) {}
                } @else {
                    rect x=(x) y=(y) width="14" height="14" fill=(FILLS[index % 5]) {}
                }
                text x=(x + 25) y=(y + 12) { (name) }
            }
        };
        (y + LINE + 12, body)
    }

    /// Bars lying one below the other: any name finds room.
    fn lying(&self) -> (i64, Markup) {
        let (top, legend) = self.legend();
        let names: Vec<Vec<String>> = self
            .chart
            .categories
            .iter()
            .map(|name| {
                wrap(name, 220)
                    .iter()
                    .map(|line| shorten(line, 220))
                    .collect()
            })
            .collect();
        let widest = names
            .iter()
            .flatten()
            .map(|line| width(line))
            .max()
            .unwrap_or(0);
        let left = widest + 10;
        let plot = (WIDTH - left - self.widest_number() - 12).max(60);
        let zero = left + self.scale.at(0, plot);
        let series = i64::try_from(self.chart.series.len().max(1)).unwrap_or(1);
        let mut y = top;
        let mut rows = Vec::new();
        for (category, lines) in names.iter().enumerate() {
            let lines_height = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = lines_height.max(series * BAR) + 8;
            let text_top = y + (height - lines_height) / 2 + 12;
            let bars_top = y + (height - series * BAR) / 2;
            rows.push(markup! {
                @for (line, at) in lines.iter().zip(0..) {
                    text x=(left - 8) y=(text_top + at * LINE) text-anchor="end" { (line) }
                }
                @for (index, series) in self.chart.series.iter().enumerate() {
                    @let bar_y = bars_top + i64::try_from(index).unwrap_or(0) * BAR;
                    @match series.values.get(category).copied().flatten() {
                        Some(value) => {
                            @let end = left + self.scale.at(value.at_places(self.scale.places), plot);
                            rect x=(end.min(zero)) y=(bar_y + 1) width=((end - zero).abs().max(1)) height=(BAR - 2) fill=(FILLS[index % 5]) {}
                            text x=(end.max(zero) + 5) y=(bar_y + 13) { (self.number_text(value)) }
                        }
                        None => { text x=(zero + 5) y=(bar_y + 13) { "–" } }
                    }
                }
            });
            y += height;
        }
        let body = markup! {
            (legend)
            @for row in rows { (row) }
            line x1=(zero) y1=(top) x2=(zero) y2=(y) stroke="#000" {}
        };
        (y + 4, body)
    }

    /// Columns or lines over an axis of names.
    fn standing(&self) -> (i64, Markup) {
        let (top, legend) = self.legend();
        let top = top + LINE;
        let bottom = top + PLOT_HEIGHT;
        let left = self.axis_width();
        let slot = self.slot();
        let is_line = self.chart.kind == ChartKind::Line;
        let names: Vec<Vec<String>> = self
            .chart
            .categories
            .iter()
            .map(|name| {
                if is_line {
                    vec![shorten(name, 150)]
                } else {
                    wrap(name, slot - 6)
                }
            })
            .collect();
        let widest = names
            .iter()
            .flatten()
            .map(|line| width(line))
            .max()
            .unwrap_or(0);
        // Names of a line that would run into each other are thinned out; the table holds them all.
        let every = if is_line {
            usize::try_from((widest + 10).div_euclid(slot.max(1)) + 1).unwrap_or(1)
        } else {
            1
        };
        let name_lines = names.iter().map(Vec::len).max().unwrap_or(1);
        let height = bottom + 6 + i64::try_from(name_lines).unwrap_or(1) * LINE + 4;
        let center =
            |category: usize| left + slot * i64::try_from(category).unwrap_or(0) + slot / 2;
        let body = markup! {
            (legend)
            @for tick in self.scale.ticks() {
                @let y = bottom - self.scale.at(tick, PLOT_HEIGHT);
                line x1=(left) y1=(y) x2=(WIDTH - 8) y2=(y) stroke="#d5d5d0" {}
                text x=(left - 6) y=(y + 4) text-anchor="end" { (self.scale.label(tick, self.words)) }
            }
            @if is_line { (self.lines(bottom, slot, center)) } @else { (self.columns(bottom, slot, center)) }
            @let base = bottom - self.scale.at(0.max(self.scale.low), PLOT_HEIGHT);
            line x1=(left) y1=(base) x2=(WIDTH - 8) y2=(base) stroke="#000" {}
            @for (category, lines) in names.iter().enumerate().filter(|(category, _)| category % every == 0) {
                @for (line, at) in lines.iter().zip(1..) {
                    @let x = center(category).clamp(width(line) / 2, WIDTH - width(line) / 2);
                    text x=(x) y=(bottom + 2 + at * LINE) text-anchor="middle" { (line) }
                }
            }
        };
        (height, body)
    }

    fn columns(&self, bottom: i64, slot: i64, center: impl Fn(usize) -> i64) -> Markup {
        let count = i64::try_from(self.chart.series.len().max(1)).unwrap_or(1);
        let column = ((slot - 8) / count).clamp(2, 48);
        let zero = bottom - self.scale.at(0, PLOT_HEIGHT);
        let numbers_fit = self.widest_number() <= if count == 1 { slot - 4 } else { column + 2 };
        markup! {
            @for (index, series) in self.chart.series.iter().enumerate() {
                @for (category, value) in series.values.iter().enumerate() {
                    @if let Some(value) = value {
                        @let x = center(category) - column * count / 2 + column * i64::try_from(index).unwrap_or(0);
                        @let y = bottom - self.scale.at(value.at_places(self.scale.places), PLOT_HEIGHT);
                        rect x=(x + 1) y=(y.min(zero)) width=(column - 1) height=((y - zero).abs().max(1)) fill=(FILLS[index % 5]) {}
                        @if numbers_fit {
                            text x=(x + column / 2) y=(y.min(zero) - 4) text-anchor="middle" { (self.number_text(*value)) }
                        }
                    }
                }
            }
        }
    }

    fn lines(&self, bottom: i64, slot: i64, center: impl Fn(usize) -> i64) -> Markup {
        let single = self.chart.series.len() == 1;
        let every_number = single && self.widest_number() + 8 <= slot;
        markup! {
            @for (index, series) in self.chart.series.iter().enumerate() {
                @let points: Vec<(usize, Decimal, i64, i64)> = series.values.iter().enumerate().filter_map(|(category, value)| {
                    let value = (*value)?;
                    Some((category, value, center(category), bottom - self.scale.at(value.at_places(self.scale.places), PLOT_HEIGHT)))
                }).collect();
                @for pair in points.windows(2) {
                    // A month without a value leaves a gap rather than a line that nobody reported.
                    @if pair[1].0 == pair[0].0 + 1 {
                        line x1=(pair[0].2) y1=(pair[0].3) x2=(pair[1].2) y2=(pair[1].3) stroke=(FILLS[index % 5]) stroke-width="2.5" stroke-dasharray=(DASHES[index % 5]) {}
                    }
                }
                @for (at, (_, value, x, y)) in points.iter().enumerate() {
                    circle cx=(x) cy=(y) r="3" fill=(FILLS[index % 5]) {}
                    @if every_number || (single && at + 1 == points.len()) {
                        @let x = (*x).min(WIDTH - width(&self.number_text(*value)) / 2);
                        text x=(x) y=(y - 8) text-anchor="middle" { (self.number_text(*value)) }
                    }
                }
            }
        }
    }
}

/// How wide a text will be at the most, in pixels; wide enough for serif and sans-serif faces.
fn width(text: &str) -> i64 {
    text.chars()
        .map(|letter| {
            if letter.is_uppercase() || matches!(letter, 'm' | 'w') {
                10
            } else {
                7
            }
        })
        .sum()
}

/// Breaks a text at spaces into lines of at most that width, or of one longer word.
fn wrap(text: &str, room: i64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 7 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Cuts a text that is too wide and says so with an ellipsis.
fn shorten(text: &str, room: i64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + width("…") + 10 > room {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}
