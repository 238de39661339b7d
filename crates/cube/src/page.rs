//! One page: 64 units × up to 12 months of one indicator, and beside them the days that are no month ends.

use std::ops::Range;

use crate::calendar::DaysOfMonth;
use crate::facts::Nature;

/// Units of a page: as many as a `u64` has bits, so that who reported in a month is one word.
pub(crate) const ROWS: u32 = 64;

/// Months of the widest page.
pub(crate) const MONTHS: usize = 12;

/// Narrow values stay below this, so that the sum of a page's 64 rows fits 32 bits.
const NARROW_LIMIT: i64 = 1 << 25;

/// Rows whose sum is kept as well.
const BLOCK_ROWS: usize = 16;

/// Sums of blocks in a page.
const BLOCKS: usize = ROWS as usize / BLOCK_ROWS;

/// Values and reports of 64 units that follow one another in a numbering, over up to 12 months.
///
/// Flow: a month's value holds all its days; what happened on days other than the last stands in `days` too.
/// Stock: a month's value is the stand on its last day; stands on other days are in `days` only.
#[derive(Debug)]
pub(crate) struct Page {
    /// Number of months.
    width: usize,
    values: Values,
    /// Per month, the rows whose net number of reports is above zero.
    reported: [u64; MONTHS],
    /// Net number of reports where any is other than 0 and 1; row by row like the values.
    reports: Option<Box<[i32]>>,
    /// Per month, ordered by row and day.
    days: Option<Box<[Vec<DayCell>; MONTHS]>>,
}

/// First the sums of each block of 16 rows, then the rows; each a value for every month. So a long run of rows
/// reads a fraction of its memory, and what a run reads is mostly waiting for memory.
#[derive(Debug)]
enum Values {
    Narrow(Box<[i32]>),
    Wide(Box<[i64]>),
}

/// What is recorded for a day other than the last of its month.
#[derive(Copy, Clone, Debug)]
struct DayCell {
    /// Row × 32 + day of the month.
    slot: u16,
    reports: i32,
    value: i64,
}

impl DayCell {
    fn row(self) -> u32 {
        u32::from(self.slot >> 5)
    }

    fn day(self) -> u8 {
        (self.slot & 31) as u8
    }
}

/// The cell of a month: a row, its column and the day a fact is for.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Slot {
    pub row: u32,
    pub column: usize,
    pub day: u8,
    pub is_month_end: bool,
}

impl Page {
    pub fn new(width: usize) -> Page {
        let values = Values::Narrow(vec![0; (BLOCKS + ROWS as usize) * width].into());
        Page {
            width,
            values,
            reported: [0; MONTHS],
            reports: None,
            days: None,
        }
    }

    /// Adds a fact.
    pub fn add(&mut self, nature: Nature, slot: Slot, value: i64, reports: i32) {
        if nature == Nature::Flow || slot.is_month_end {
            self.add_value(slot, value);
            self.add_reports(slot, reports);
        }
        if !slot.is_month_end {
            self.add_day(slot, value, reports);
        }
    }

    fn add_value(&mut self, slot: Slot, value: i64) {
        let at = self.place(slot.row, slot.column);
        let block = slot.row as usize / BLOCK_ROWS * self.width + slot.column;
        if let Values::Narrow(values) = &mut self.values {
            let sum = i64::from(values[at]) + value;
            if -NARROW_LIMIT < sum && sum < NARROW_LIMIT {
                // Invariant: 16 values below the narrow limit, before and after, so their sum fits.
                values[block] += sum as i32 - values[at];
                values[at] = sum as i32;
                return;
            }
            self.values = Values::Wide(values.iter().map(|value| i64::from(*value)).collect());
        }
        if let Values::Wide(values) = &mut self.values {
            values[block] += value;
            values[at] += value;
        }
    }

    /// Index of a row's value for a month.
    fn place(&self, row: u32, column: usize) -> usize {
        (BLOCKS + row as usize) * self.width + column
    }

    fn add_reports(&mut self, slot: Slot, reports: i32) {
        let bit = 1 << slot.row;
        let sum = self.reports_of(slot.row, slot.column) + reports;
        if self.reports.is_none() && !(0..=1).contains(&sum) {
            let all = (0..ROWS).flat_map(|row| (0..self.width).map(move |column| (row, column)));
            self.reports = Some(
                all.map(|(row, column)| self.reports_of(row, column))
                    .collect(),
            );
        }
        if let Some(counts) = &mut self.reports {
            counts[slot.row as usize * self.width + slot.column] = sum;
        }
        if sum > 0 {
            self.reported[slot.column] |= bit;
        } else {
            self.reported[slot.column] &= !bit;
        }
    }

    fn add_day(&mut self, slot: Slot, value: i64, reports: i32) {
        let days = &mut self.days.get_or_insert_default()[slot.column];
        let wanted = (slot.row as u16) << 5 | u16::from(slot.day);
        match days.binary_search_by_key(&wanted, |cell| cell.slot) {
            Ok(found) => {
                let cell = &mut days[found];
                cell.value += value;
                cell.reports += reports;
                if cell.value == 0 && cell.reports == 0 {
                    days.remove(found);
                }
            }
            Err(place) => days.insert(
                place,
                DayCell {
                    slot: wanted,
                    reports,
                    value,
                },
            ),
        }
    }

    fn value_of(&self, row: u32, column: usize) -> i64 {
        let at = self.place(row, column);
        match &self.values {
            Values::Narrow(values) => i64::from(values[at]),
            Values::Wide(values) => values[at],
        }
    }

    fn reports_of(&self, row: u32, column: usize) -> i32 {
        match &self.reports {
            Some(counts) => counts[row as usize * self.width + column],
            None => i32::from(self.reported[column] & (1 << row) != 0),
        }
    }

    /// Number of months.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Per month, the rows reported for the month (flow) or its last day (stock).
    pub fn reported(&self) -> &[u64; MONTHS] {
        &self.reported
    }

    /// Whether anything is kept for single days.
    pub fn has_days(&self) -> bool {
        self.days.is_some()
    }

    fn days_of(&self, column: usize, row: u32) -> &[DayCell] {
        let Some(days) = &self.days else { return &[] };
        let days = &days[column];
        let start = days.partition_point(|cell| cell.row() < row);
        let length = days[start..].partition_point(|cell| cell.row() == row);
        &days[start..start + length]
    }

    /// Adds the values of the rows, month by month.
    pub fn add_months(&self, rows: u64, sums: &mut [i64; MONTHS]) {
        match &self.values {
            Values::Narrow(values) => {
                // Invariant: up to 64 values below the narrow limit, so the sums fit 32 bits; on the way they may
                // wrap around, and wrap back.
                let mut narrow = [0_i32; MONTHS];
                each_run(rows, |run, is_added| {
                    let run = &values[run.start * self.width..run.end * self.width];
                    if self.width == MONTHS {
                        for row in run.as_chunks::<MONTHS>().0 {
                            add_narrow(&mut narrow, row, is_added);
                        }
                    } else {
                        for row in run.chunks_exact(self.width) {
                            add_narrow(&mut narrow, row, is_added);
                        }
                    }
                });
                for (sum, value) in sums.iter_mut().zip(narrow) {
                    *sum += i64::from(value);
                }
            }
            Values::Wide(values) => each_run(rows, |run, is_added| {
                let run = &values[run.start * self.width..run.end * self.width];
                for row in run.chunks_exact(self.width) {
                    for (sum, value) in sums.iter_mut().zip(row) {
                        *sum += if is_added { *value } else { -*value };
                    }
                }
            }),
        }
    }

    /// Calls `each` with row and value of every given row that reported on the days of a month.
    pub fn scan_flow(
        &self,
        column: usize,
        days: DaysOfMonth,
        rows: u64,
        mut each: impl FnMut(u32, i64),
    ) {
        if days.is_whole() {
            for row in bits(self.reported[column] & rows) {
                each(row, self.value_of(row, column));
            }
            return;
        }
        // A row with day cells may have reported on these days even where its net of the month is nothing.
        let mut candidates = self.reported[column];
        if let Some(cells) = &self.days {
            for cell in &cells[column] {
                candidates |= 1 << cell.row();
            }
        }
        for row in bits(candidates & rows) {
            let cells = self.days_of(column, row);
            let (mut value, mut has_reported) = (0, false);
            let mut rest = (self.value_of(row, column), self.reports_of(row, column));
            for cell in cells {
                rest = (rest.0 - cell.value, rest.1 - cell.reports);
                if days.contains(cell.day()) {
                    value += cell.value;
                    has_reported |= cell.reports > 0;
                }
            }
            if days.to_end {
                value += rest.0;
                has_reported |= rest.1 > 0;
            }
            if has_reported {
                each(row, value);
            }
        }
    }

    /// The given rows that reported on the days of a month.
    pub fn reported_flow(&self, column: usize, days: DaysOfMonth, rows: u64) -> u64 {
        if days.is_whole() {
            return self.reported[column] & rows;
        }
        let mut seen = 0;
        self.scan_flow(column, days, rows, |row, _| seen |= 1 << row);
        seen
    }

    /// The given rows that have a stand on the days of a month.
    pub fn reported_stock(&self, column: usize, days: DaysOfMonth, rows: u64) -> u64 {
        let taken = if days.to_end {
            self.reported[column] & rows
        } else {
            0
        };
        self.scan_stock_days(column, days, rows & !taken, |_, _| {}) | taken
    }

    /// Calls `each` with row and latest stand of every given row that has one on the days of a month;
    /// gives these rows.
    pub fn scan_stock(
        &self,
        column: usize,
        days: DaysOfMonth,
        rows: u64,
        mut each: impl FnMut(u32, i64),
    ) -> u64 {
        let mut taken = 0;
        if days.to_end {
            taken = self.reported[column] & rows;
            for row in bits(taken) {
                each(row, self.value_of(row, column));
            }
        }
        self.scan_stock_days(column, days, rows & !taken, &mut each) | taken
    }

    /// The same for the days other than the month's last.
    pub fn scan_stock_days(
        &self,
        column: usize,
        days: DaysOfMonth,
        rows: u64,
        mut each: impl FnMut(u32, i64),
    ) -> u64 {
        let mut taken = 0;
        let Some(cells) = &self.days else {
            return taken;
        };
        for cell in cells[column].iter().rev() {
            let bit = 1 << cell.row();
            if rows & !taken & bit != 0 && days.contains(cell.day()) && cell.reports > 0 {
                taken |= bit;
                each(cell.row(), cell.value);
            }
        }
        taken
    }

    /// Bytes taken, about.
    pub fn size_bytes(&self) -> usize {
        let cells = ROWS as usize * self.width;
        let values = match &self.values {
            Values::Narrow(values) => size_of_val(&**values),
            Values::Wide(values) => size_of_val(&**values),
        };
        let reports = self.reports.as_ref().map_or(0, |_| cells * 4);
        let days = self.days.as_ref().map_or(0, |days| {
            size_of_val(&**days)
                + days
                    .iter()
                    .map(|cells| cells.capacity() * size_of::<DayCell>())
                    .sum::<usize>()
        });
        size_of::<Page>() + values + reports + days
    }
}

#[inline]
fn add_narrow(sums: &mut [i32; MONTHS], row: &[i32], is_added: bool) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = if is_added {
            sum.wrapping_add(*value)
        } else {
            sum.wrapping_sub(*value)
        };
    }
}

/// Calls `each` with runs of stored rows (sums of blocks first) that come to the given rows when added or,
/// where it says false, taken away: a block of which most rows are asked is its sum without the others.
fn each_run(rows: u64, mut each: impl FnMut(Range<usize>, bool)) {
    for block in 0..BLOCKS {
        let first = block * BLOCK_ROWS;
        let asked = rows >> first & 0xffff;
        let is_most = asked.count_ones() as usize > BLOCK_ROWS / 2;
        let mut rest = asked;
        if is_most {
            each(block..block + 1, true);
            rest = !asked & 0xffff;
        }
        while rest != 0 {
            let start = rest.trailing_zeros() as usize;
            let length = (!(rest >> start)).trailing_zeros() as usize;
            rest &= u64::MAX << (start + length);
            let stored = BLOCKS + first + start;
            each(stored..stored + length, !is_most);
        }
    }
}

/// The numbers of the bits that are set, in order.
pub(crate) fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        if set == 0 {
            return None;
        }
        let bit = set.trailing_zeros();
        set &= set - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_values_of_any_size_add_up_exactly() {
        fn check(value: i64) {
            let mut page = Page::new(MONTHS);
            for row in 0..ROWS {
                for column in 0..MONTHS {
                    let slot = Slot {
                        row,
                        column,
                        day: 31,
                        is_month_end: true,
                    };
                    page.add(Nature::Flow, slot, value, 1);
                }
            }
            let mut sums = [0; MONTHS];
            page.add_months(u64::MAX, &mut sums);
            assert_eq!(sums, [value * 64; MONTHS]);
            let mut some = [0; MONTHS];
            page.add_months(0b1011 << 60, &mut some);
            assert_eq!(some, [value * 3; MONTHS]);
        }
        for limit in [NARROW_LIMIT, i64::from(i32::MAX), 1 << 50] {
            for value in [limit - 1, limit, limit + 1] {
                check(value);
                check(-value);
            }
        }
    }
}
