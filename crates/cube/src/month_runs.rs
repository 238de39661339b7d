//! The quick way: many months in a row of one era, as column sums over whole pages.

use crate::calendar::{DaysOfMonth, Month};
use crate::eras::Era;
use crate::facts::Nature;
use crate::page::{MONTHS, Page, ROWS};
use crate::plane::{Plane, Tile};
use crate::query::Sum;
use crate::spans::UnitCells;

const WHOLE: DaysOfMonth = DaysOfMonth {
    first: 1,
    last: 31,
    to_end: true,
};

/// The planes of one indicator in one era, by state; none where not asked for or empty.
pub(crate) type Planes<'a> = [Option<&'a Plane>; 3];

/// What the months of a tile come to.
#[derive(Default)]
struct TileSums {
    values: [i64; MONTHS],
    reports: [u32; MONTHS],
    /// A bit per month.
    has_own: u16,
    apportioned: u16,
}

/// Adds up the whole months from `first` on, one for each of `sums`.
pub(crate) fn sum_months(
    nature: Nature,
    era: &Era,
    planes: &Planes,
    cells: &UnitCells,
    first: Month,
    sums: &mut [Sum],
) {
    let width = era.width as i32;
    let last = first + sums.len() as i32 - 1;
    let first_tile = (first - era.origin).div_euclid(width);
    let last_tile = (last - era.origin).div_euclid(width);
    for index in first_tile..=last_tile {
        let tiles: [Option<&Tile>; 3] =
            planes.map(|plane| plane.and_then(|plane| plane.tile(index)));
        if tiles.iter().all(Option::is_none) {
            continue;
        }
        let start = era.origin + index * width;
        let columns = (first - start).max(0) as usize..=(last - start).min(width - 1) as usize;
        let mut tile_sums = TileSums::default();
        add_whole_rows(nature, &tiles, cells, &mut tile_sums);
        add_parts(nature, &tiles, cells, &mut tile_sums);
        for column in columns {
            sums[(start + column as i32 - first) as usize] = Sum {
                value: tile_sums.values[column],
                reports: tile_sums.reports[column],
                has_own: tile_sums.has_own & (1 << column) != 0,
                apportioned: tile_sums.apportioned & (1 << column) != 0,
            };
        }
    }
}

fn add_whole_rows(
    nature: Nature,
    tiles: &[Option<&Tile>; 3],
    cells: &UnitCells,
    sums: &mut TileSums,
) {
    for &(chunk, rows) in &cells.sources.whole {
        let mut seen = [0_u64; MONTHS];
        for page in tiles.iter().flatten().filter_map(|tile| tile.page(chunk)) {
            page.add_months(rows, &mut sums.values);
            for (seen, reported) in seen.iter_mut().zip(page.reported()) {
                *seen |= reported & rows;
            }
            if nature == Nature::Stock && page.has_days() {
                add_stands_of_days(page, rows, &mut seen, &mut sums.values);
            }
        }
        let row_count = rows.count_ones();
        for (count, seen) in sums.reports.iter_mut().zip(&seen) {
            *count += if *seen == rows {
                row_count
            } else {
                seen.count_ones()
            };
        }
        if let Some(own) = cells.own.filter(|own| own / ROWS == chunk) {
            for (column, seen) in seen.iter().enumerate() {
                sums.has_own |= ((seen >> (own % ROWS) & 1) as u16) << column;
            }
        }
    }
}

/// Stands on other days than the month's last, for the rows that have none on the last.
fn add_stands_of_days(
    page: &Page,
    rows: u64,
    seen: &mut [u64; MONTHS],
    values: &mut [i64; MONTHS],
) {
    for column in 0..page.width() {
        let missing = rows & !page.reported()[column];
        seen[column] |=
            page.scan_stock_days(column, WHOLE, missing, |_, value| values[column] += value);
    }
}

fn add_parts(nature: Nature, tiles: &[Option<&Tile>; 3], cells: &UnitCells, sums: &mut TileSums) {
    let Some(crossing) = cells.crossing else {
        return;
    };
    for &source in &cells.sources.parts {
        let mut seen = 0_u16;
        for page in tiles
            .iter()
            .flatten()
            .filter_map(|tile| tile.page(source / ROWS))
        {
            for column in 0..page.width() {
                let row = 1 << (source % ROWS);
                let add = |_, value| {
                    sums.values[column] += crossing.part(source, value, &cells.range);
                    seen |= 1 << column;
                };
                match nature {
                    Nature::Flow => page.scan_flow(column, WHOLE, row, add),
                    Nature::Stock => {
                        page.scan_stock(column, WHOLE, row, add);
                    }
                }
            }
        }
        sums.apportioned |= seen;
        for (column, count) in sums.reports.iter_mut().enumerate() {
            *count += u32::from(seen >> column & 1);
        }
        if cells.own == Some(source) {
            sums.has_own |= seen;
        }
    }
}
