//! A plane: one indicator in one state in one era, as pages in the order of the era's numbering.

use crate::calendar::{Day, Month, Span};
use crate::facts::Nature;
use crate::page::{Page, ROWS, Slot};

/// The pages of one indicator, state and era. Pages exist only where there are data.
#[derive(Debug)]
pub(crate) struct Plane {
    nature: Nature,
    origin: Month,
    width: usize,
    /// Ordered by index.
    tiles: Vec<Tile>,
}

/// The pages of the same months.
#[derive(Debug)]
pub(crate) struct Tile {
    /// The tile's first month is the plane's origin + index × width.
    index: i32,
    pages: Vec<Option<Box<Page>>>,
}

impl Tile {
    /// The page of a run of 64 positions.
    pub fn page(&self, chunk: u32) -> Option<&Page> {
        self.pages.get(chunk as usize)?.as_deref()
    }
}

impl Plane {
    pub fn new(nature: Nature, origin: Month, width: usize) -> Plane {
        Plane {
            nature,
            origin,
            width,
            tiles: Vec::new(),
        }
    }

    fn place(&self, month: Month) -> (i32, usize) {
        let since = month - self.origin;
        let width = self.width as i32;
        (since.div_euclid(width), since.rem_euclid(width) as usize)
    }

    /// Adds a fact of the unit at a position.
    pub fn add(&mut self, position: u32, day: Day, value: i64, reports: i32) {
        let (index, column) = self.place(day.month);
        let at = match self.tiles.binary_search_by_key(&index, |tile| tile.index) {
            Ok(at) => at,
            Err(at) => {
                self.tiles.insert(
                    at,
                    Tile {
                        index,
                        pages: Vec::new(),
                    },
                );
                at
            }
        };
        let pages = &mut self.tiles[at].pages;
        let chunk = (position / ROWS) as usize;
        if pages.len() <= chunk {
            pages.resize_with(chunk + 1, || None);
        }
        let page = pages[chunk].get_or_insert_with(|| Box::new(Page::new(self.width)));
        let slot = Slot {
            row: position % ROWS,
            column,
            day: day.day,
            is_month_end: day.is_month_end(),
        };
        page.add(self.nature, slot, value, reports);
    }

    /// The tiles that hold any of the months, in order of time.
    fn tiles(&self, first: Month, last: Month) -> &[Tile] {
        let (first, last) = (self.place(first).0, self.place(last).0);
        let start = self.tiles.partition_point(|tile| tile.index < first);
        let end = self.tiles.partition_point(|tile| tile.index <= last);
        &self.tiles[start..end]
    }

    /// The tile of this index, counted from the plane's origin.
    pub fn tile(&self, index: i32) -> Option<&Tile> {
        let at = self
            .tiles
            .binary_search_by_key(&index, |tile| tile.index)
            .ok()?;
        Some(&self.tiles[at])
    }

    /// The months of a tile within a span, each with its column.
    fn columns(
        &self,
        tile: &Tile,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = (Month, usize)> + use<> {
        let start = self.origin + tile.index * self.width as i32;
        let first = span.first.month.max(start);
        let last = span.last.month.min(start + self.width as i32 - 1);
        (first..=last).map(move |month| (month, (month - start) as usize))
    }

    /// Calls `each` with row and value of the given rows of a run of 64 positions; gives the rows that reported.
    ///
    /// Flow: once for every row and month with a report on the span's days. Stock: once for every row, with its latest stand.
    pub fn scan(&self, span: Span, chunk: u32, rows: u64, mut each: impl FnMut(u32, i64)) -> u64 {
        let mut seen = 0;
        let tiles = self.tiles(span.first.month, span.last.month);
        match self.nature {
            Nature::Flow => {
                for tile in tiles {
                    let Some(page) = tile.page(chunk) else {
                        continue;
                    };
                    for (month, column) in self.columns(tile, span) {
                        page.scan_flow(column, span.days(month), rows, |row, value| {
                            seen |= 1 << row;
                            each(row, value);
                        });
                    }
                }
            }
            Nature::Stock => {
                for tile in tiles.iter().rev() {
                    let Some(page) = tile.page(chunk) else {
                        continue;
                    };
                    for (month, column) in self.columns(tile, span).rev() {
                        seen |= page.scan_stock(column, span.days(month), rows & !seen, &mut each);
                    }
                }
            }
        }
        seen
    }

    /// The given rows of a run of 64 positions that reported on the span's days.
    pub fn reported(&self, span: Span, chunk: u32, rows: u64) -> u64 {
        let mut seen = 0;
        for tile in self.tiles(span.first.month, span.last.month) {
            let Some(page) = tile.page(chunk) else {
                continue;
            };
            for (month, column) in self.columns(tile, span) {
                let days = span.days(month);
                seen |= match self.nature {
                    Nature::Flow => page.reported_flow(column, days, rows),
                    Nature::Stock => page.reported_stock(column, days, rows),
                };
            }
        }
        seen
    }

    /// Bytes taken, about.
    pub fn size_bytes(&self) -> usize {
        let tiles = self.tiles.iter().map(|tile| {
            let pages: usize = tile
                .pages
                .iter()
                .flatten()
                .map(|page| page.size_bytes())
                .sum();
            size_of::<Tile>() + tile.pages.capacity() * size_of::<Option<Box<Page>>>() + pages
        });
        size_of::<Plane>() + tiles.sum::<usize>()
    }
}
