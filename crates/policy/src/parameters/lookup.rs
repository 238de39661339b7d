//! The value of a parameter on a day. A day without a value is an error, never nothing.

use std::sync::Arc;

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::month::Month;
use crate::parameters::{Entry, InForce, Keys, Parameter, ParameterError, ParameterName, Row};
use crate::rate::Rate;

impl<T> InForce<T> {
    /// Another value from the same place of the law.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> InForce<U> {
        InForce {
            value: change(self.value),
            source: self.source,
        }
    }
}

impl Row {
    fn in_force(&self) -> InForce<Rate> {
        InForce {
            value: self.value,
            source: Arc::clone(&self.source),
        }
    }
}

impl Parameter {
    fn name(&self) -> Box<ParameterName> {
        Box::new(ParameterName {
            id: self.id.clone(),
            description: self.description.clone(),
        })
    }

    /// The first day with a value.
    pub fn first_day(&self) -> Date {
        self.entries[0].source.since
    }

    /// What the parameter says on the day, if anything is in force.
    pub fn entry_on(&self, on: Date) -> Option<&Entry> {
        let entry = self
            .entries
            .iter()
            .rev()
            .find(|entry| entry.source.since <= on)?;
        entry.rows.is_some().then_some(entry)
    }

    fn rows_on(&self, on: Date) -> Result<(&Entry, &[Row]), ParameterError> {
        let entry = self
            .entries
            .iter()
            .rev()
            .find(|entry| entry.source.since <= on);
        if let Some(entry) = entry
            && let Some(rows) = &entry.rows
        {
            return Ok((entry, rows));
        }
        Err(ParameterError::NotInForce {
            parameter: self.name(),
            on,
            first: self.first_day(),
            last: entry.and_then(|end| end.source.since.yesterday().ok()),
            note: entry.and_then(|end| end.source.note.clone()).map(Box::new),
        })
    }

    fn no_row(&self, entry: &Entry, rows: &[Row], key: String) -> ParameterError {
        let known: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        ParameterError::NoRow {
            parameter: self.name(),
            since: entry.source.since,
            reference: entry.source.reference.clone(),
            key,
            known: known.join(", "),
        }
    }

    /// The single value on the day.
    ///
    /// Errors: nothing is in force; or it is a table.
    pub fn rate(&self, on: Date) -> Result<InForce<Rate>, ParameterError> {
        self.rate_of(on, "")
    }

    /// The value of a row on the day.
    ///
    /// Errors: nothing is in force, or the table has no such row.
    pub fn rate_of(&self, on: Date, key: &str) -> Result<InForce<Rate>, ParameterError> {
        let (entry, rows) = self.rows_on(on)?;
        match rows.iter().find(|row| row.key == key) {
            Some(row) => Ok(row.in_force()),
            None => Err(self.no_row(entry, rows, key.to_owned())),
        }
    }

    /// The value of a row on the day, if the table in force has it.
    ///
    /// Errors: nothing is in force.
    pub fn rate_if_any(
        &self,
        on: Date,
        key: &str,
    ) -> Result<Option<InForce<Rate>>, ParameterError> {
        let (_, rows) = self.rows_on(on)?;
        Ok(rows.iter().find(|row| row.key == key).map(Row::in_force))
    }

    /// The single value on the day; none on a day without one.
    ///
    /// Errors: it is a table.
    pub fn rate_in_force(&self, on: Date) -> Result<Option<InForce<Rate>>, ParameterError> {
        match self.entry_on(on) {
            Some(_) => self.rate(on).map(Some),
            None => Ok(None),
        }
    }

    /// The single value on the day, as a whole number; none on a day without one.
    ///
    /// Errors: it is a table.
    pub fn count_in_force(&self, on: Date) -> Result<Option<InForce<i64>>, ParameterError> {
        Ok(self.rate_in_force(on)?.map(|rate| rate.map(whole)))
    }

    /// The value for a year, of a table by years, as it stands on the day.
    ///
    /// Errors: nothing is in force, or the table does not reach the year.
    pub fn rate_in_year(&self, on: Date, year: i16) -> Result<InForce<Rate>, ParameterError> {
        self.rate_at(on, i32::from(year), || year.to_string())
    }

    /// The value for a month, of a table by months, as it stands on the day.
    ///
    /// Errors: nothing is in force, or the table does not reach the month.
    pub fn rate_in_month(&self, on: Date, month: Month) -> Result<InForce<Rate>, ParameterError> {
        self.rate_at(on, order_of(month), || month.to_string())
    }

    fn rate_at(
        &self,
        on: Date,
        order: i32,
        key: impl FnOnce() -> String,
    ) -> Result<InForce<Rate>, ParameterError> {
        let (entry, rows) = self.rows_on(on)?;
        let row = match self.keys {
            Keys::Year => rows.iter().find(|row| row.order == order),
            _ => rows.iter().rev().find(|row| row.order <= order),
        };
        row.map(Row::in_force)
            .ok_or_else(|| self.no_row(entry, rows, key()))
    }

    /// The single values that begin after a day and not later than another, in order; ends are left out.
    pub fn rates_begun(&self, after: Date, until: Date) -> Vec<InForce<Rate>> {
        let begun = |entry: &&Entry| after < entry.source.since && entry.source.since <= until;
        let rows = self.entries.iter().filter(begun).filter_map(|entry| {
            let rows = entry.rows.as_ref()?;
            rows.first()
        });
        rows.map(Row::in_force).collect()
    }

    /// The single value on the day, as money.
    ///
    /// Errors: nothing is in force.
    pub fn amount(&self, on: Date) -> Result<InForce<AmountVnd>, ParameterError> {
        Ok(self.count(on)?.map(AmountVnd))
    }

    /// The single value on the day, as a whole number.
    ///
    /// Errors: nothing is in force.
    pub fn count(&self, on: Date) -> Result<InForce<i64>, ParameterError> {
        Ok(self.rate(on)?.map(whole))
    }

    /// The value of a row on the day, as a whole number.
    ///
    /// Errors: nothing is in force, or the table has no such row.
    pub fn count_of(&self, on: Date, key: &str) -> Result<InForce<i64>, ParameterError> {
        Ok(self.rate_of(on, key)?.map(whole))
    }
}

/// Whole units are checked when the file is read; a number of unit `times` that a formula takes as whole is truncated.
pub(crate) fn whole(value: Rate) -> i64 {
    value.numerator() / value.denominator()
}

/// The place of a month among the rows of a table by months.
pub(super) fn order_of(month: Month) -> i32 {
    i32::from(month.year()) * 12 + i32::from(month.month())
}
