//! A working life as people tell it: from month to month, so much a month, in which scheme.

mod error;
mod limits;

use serde::{Deserialize, Serialize};

pub use error::CareerError;
pub(crate) use limits::{PREPAID_MONTHS, incomes_checked};

use crate::amount::AmountVnd;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::person::Scheme;
use crate::voluntary_si::Categories;

/// From this month on a year paid brings more when it is withdrawn.
pub(crate) const FROM_2014: (i16, i8) = (2014, 1);

/// No income of the law comes near; sums of more would not fit.
pub(crate) const MOST_INCOME: i64 = 1_000_000_000;

/// A hundred years of months.
pub(crate) const MOST_MONTHS: u32 = 1_200;

/// Months paid one after the other on the same income.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Chosen income, or insured wage, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Which scheme; voluntary if not said.
    #[serde(default = "voluntary")]
    pub scheme: Scheme,
    /// The categories of State support at the time.
    #[serde(default)]
    pub categories: Categories,
}

fn voluntary() -> Scheme {
    Scheme::VoluntarySi
}

/// Months that were missing and paid at once: they have no place in the calendar.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoughtMonths {
    /// Month of the payment.
    pub paid_in: Month,
    /// How many.
    pub months: u32,
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
}

/// All that somebody paid, without what was withdrawn before.
#[derive(Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Career {
    /// In any order.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// Months paid at once for the missing period.
    #[serde(default)]
    pub bought: Vec<BoughtMonths>,
    /// Average wage of the compulsory months as the agency established it, in đồng; computed from the spans if not said.
    /// To be given where wages of the State's scale are averaged over the last years only.
    pub compulsory_average_vnd: Option<AmountVnd>,
}

/// How many months of what.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Months {
    /// Voluntary, with those bought.
    pub voluntary: u32,
    /// Compulsory.
    pub compulsory: u32,
    /// Of the voluntary ones, bought.
    pub bought: u32,
    /// Of all, before 2014.
    pub before_2014: u32,
}

impl Months {
    /// All of them.
    pub fn all(&self) -> u32 {
        self.voluntary + self.compulsory
    }

    /// Those from 2014 on.
    pub fn from_2014(&self) -> u32 {
        self.all() - self.before_2014
    }
}

impl Span {
    /// How many months.
    pub fn months(&self) -> u32 {
        (self.to.since(self.from) + 1).max(0) as u32
    }

    /// How many months up to and including the last one named.
    pub(crate) fn months_until(&self, last: Month) -> u32 {
        (self.to.min(last).since(self.from) + 1).max(0) as u32
    }
}

impl Career {
    /// The spans in order of time, after all checks.
    ///
    /// Errors: nothing paid, a span that ends before it begins, an income that nobody can have, a month counted twice or in
    /// both schemes.
    /// Law: a month counts once, Luật 41/2024/QH15, Điều 5 khoản 3; who pays compulsory SI is no voluntary participant,
    /// Điều 2 khoản 4.
    pub fn in_order(&self) -> Result<Vec<Span>, PolicyError> {
        for span in &self.spans {
            if span.to < span.from {
                return Err(CareerError::SpanReversed {
                    from: span.from,
                    to: span.to,
                }
                .into());
            }
            checked("income_vnd", span.income_vnd.0, 1, MOST_INCOME)?;
        }
        for bought in &self.bought {
            checked("income_vnd", bought.income_vnd.0, 1, MOST_INCOME)?;
            checked("bought.months", bought.months.into(), 1, 120)?;
        }
        if let Some(average) = self.compulsory_average_vnd {
            checked("compulsory_average_vnd", average.0, 1, MOST_INCOME)?;
        }
        let mut spans = self.spans.clone();
        spans.sort_by_key(|span| span.from);
        let mut months: u32 = self.bought.iter().map(|bought| bought.months).sum();
        for (at, span) in spans.iter().enumerate() {
            months = months.saturating_add(span.months());
            if let Some(next) = spans.get(at + 1)
                && next.from <= span.to
            {
                let month = next.from;
                return Err(if next.scheme == span.scheme {
                    PolicyError::MonthTwice { month }
                } else {
                    PolicyError::MonthInBothSchemes { month }
                });
            }
        }
        if months == 0 {
            return Err(CareerError::Empty.into());
        }
        checked("months", months.into(), 1, MOST_MONTHS.into())?;
        Ok(spans)
    }

    /// How many months of what; months bought count as voluntary ones after 2014.
    pub fn months(&self) -> Months {
        let first_of_2014 = first_of_2014();
        let mut months = Months::default();
        for span in &self.spans {
            match span.scheme {
                Scheme::VoluntarySi => months.voluntary += span.months(),
                Scheme::CompulsorySi => months.compulsory += span.months(),
            }
            months.before_2014 += span.months_until(first_of_2014.plus(-1));
        }
        months.bought = self.bought.iter().map(|bought| bought.months).sum();
        months.voluntary += months.bought;
        months
    }

    /// The first month of the voluntary scheme.
    pub fn joined_voluntary(&self) -> Option<Month> {
        let voluntary = |span: &&Span| span.scheme == Scheme::VoluntarySi;
        self.spans
            .iter()
            .filter(voluntary)
            .map(|span| span.from)
            .min()
    }

    /// The first month of all.
    pub fn first_month(&self) -> Option<Month> {
        let bought = self.bought.iter().map(|bought| bought.paid_in);
        self.spans.iter().map(|span| span.from).chain(bought).min()
    }

    /// The last month paid in its turn.
    pub fn last_month(&self) -> Option<Month> {
        self.spans.iter().map(|span| span.to).max()
    }
}

pub(crate) fn first_of_2014() -> Month {
    Month::new(FROM_2014.0, FROM_2014.1).expect("is a month")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn career(text: &str) -> Career {
        serde_json::from_str(text).unwrap()
    }

    fn code(text: &str) -> &'static str {
        career(text).in_order().unwrap_err().code()
    }

    #[test]
    fn months_are_counted_once_and_by_kind() {
        let career = career(
            r#"{ "spans": [
                { "from": "2013-07", "to": "2014-06", "income_vnd": 1000000 },
                { "from": "2010-01", "to": "2010-12", "income_vnd": 1000000, "scheme": "compulsory_si" } ],
              "bought": [ { "paid_in": "2026-01", "months": 10, "income_vnd": 2000000 } ] }"#,
        );
        let months = career.months();
        assert_eq!((months.voluntary, months.compulsory), (22, 12));
        assert_eq!((months.before_2014, months.from_2014()), (18, 16));
        assert_eq!(career.in_order().unwrap()[0].scheme, Scheme::CompulsorySi);
        assert_eq!(career.last_month(), Month::new(2014, 6));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let two = |second: &str| {
            format!(
                r#"{{ "spans": [ {{ "from": "2020-01", "to": "2020-12", "income_vnd": 1000000 }}, {second} ] }}"#
            )
        };
        let twice = r#"{ "from": "2020-12", "to": "2021-12", "income_vnd": 1000000 }"#;
        assert_eq!(code(&two(twice)), "career.month_twice");
        let both = r#"{ "from": "2019-12", "to": "2020-01", "income_vnd": 1000000, "scheme": "compulsory_si" }"#;
        assert_eq!(code(&two(both)), "career.month_in_both_schemes");
        let reversed = r#"{ "from": "2022-12", "to": "2021-12", "income_vnd": 1000000 }"#;
        assert_eq!(code(&two(reversed)), "career.span_reversed");
        let nothing = r#"{ "from": "2022-12", "to": "2022-12", "income_vnd": 0 }"#;
        assert_eq!(code(&two(nothing)), "input.out_of_range");
        assert_eq!(code("{}"), "career.empty");
    }
}
