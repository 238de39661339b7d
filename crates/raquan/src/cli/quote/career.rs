//! Who somebody is and what was paid, as flags.

use anyhow::{anyhow, bail};
use clap::Args;
use jiff::civil::Date;
use policy::career::{Career, Span};
use policy::person::Scheme;
use policy::retirement::Birthday;
use policy::voluntary_si::{Categories, Category};
use policy::{AmountVnd, Month};

use super::{Sex, amount_of, birth_of, month_of, word_of};

/// Whose.
#[derive(Debug, Args)]
pub struct PersonArgs {
    /// man or woman.
    #[arg(long, value_parser = word_of::<Sex>)]
    pub sex: Sex,
    /// Birthday as far as it is known: 15/3/1986, 03/1986 or 1986.
    #[arg(long, value_parser = birth_of, required_unless_present = "age")]
    born: Option<Birthday>,
    /// Full years of age instead of a birthday.
    #[arg(long, conflicts_with = "born")]
    age: Option<u8>,
}

impl PersonArgs {
    /// The birthday; from the age alone the month of the day asked for.
    pub fn born(&self, on: Date) -> anyhow::Result<Birthday> {
        let by_age = self
            .age
            .map(|age| Birthday::Month(Month::of(on).plus(-12 * i32::from(age))));
        self.born
            .or(by_age)
            .ok_or_else(|| anyhow!("thiếu --born hoặc --age"))
    }
}

/// What was paid: spans, or how many years on one income.
#[derive(Debug, Args)]
pub struct CareerArgs {
    /// FROM..TO:INCOME, with :compulsory where it is; for example 2013-07..2025-06:3000000.
    #[arg(long, value_parser = span_of, required_unless_present = "years")]
    paid: Vec<PaidSpan>,
    /// Years paid on one income, up to --until.
    #[arg(long, requires = "income", conflicts_with = "paid")]
    years: Option<u32>,
    /// The income, for --years.
    #[arg(long, value_parser = amount_of)]
    income: Option<AmountVnd>,
    /// Last month paid, for --years; the month before the day asked for when not given.
    #[arg(long, value_parser = month_of)]
    until: Option<Month>,
    /// Categories of State support: poor, island-commune, near-poor, ethnic-minority.
    #[arg(long, value_delimiter = ',', value_parser = word_of::<Category>)]
    categories: Vec<Category>,
}

/// A run of months as written in a flag.
#[derive(Debug, Clone)]
pub struct PaidSpan {
    from: Month,
    to: Month,
    income: AmountVnd,
    scheme: Scheme,
}

fn span_of(text: &str) -> Result<PaidSpan, String> {
    let wrong = || format!("“{text}” không đúng dạng; viết như 2013-07..2025-06:3000000");
    let mut parts = text.split(':');
    let (from, to) = parts
        .next()
        .and_then(|months| months.split_once(".."))
        .ok_or_else(wrong)?;
    let income = parts.next().ok_or_else(wrong)?;
    let scheme = match parts.next() {
        None | Some("voluntary") => Scheme::VoluntarySi,
        Some("compulsory") => Scheme::CompulsorySi,
        Some(_) => return Err(wrong()),
    };
    Ok(PaidSpan {
        from: month_of(from)?,
        to: month_of(to)?,
        income: amount_of(income)?,
        scheme,
    })
}

impl CareerArgs {
    /// The categories of State support.
    pub fn categories(&self) -> Categories {
        self.categories.clone().into()
    }

    /// The working life.
    pub fn career(&self, on: Date) -> anyhow::Result<Career> {
        let paid = match (self.years, self.income) {
            (Some(0), _) => bail!("--years phải từ 1 trở lên"),
            (Some(years), Some(income)) => {
                let to = self.until.unwrap_or_else(|| Month::of(on).plus(-1));
                let months = i32::try_from(years * 12)?;
                vec![PaidSpan {
                    from: to.plus(1 - months),
                    to,
                    income,
                    scheme: Scheme::VoluntarySi,
                }]
            }
            _ => self.paid.clone(),
        };
        let span = |paid: PaidSpan| Span {
            from: paid.from,
            to: paid.to,
            income_vnd: paid.income,
            scheme: paid.scheme,
            categories: match paid.scheme {
                Scheme::VoluntarySi => self.categories(),
                Scheme::CompulsorySi => Categories::default(),
            },
        };
        Ok(Career {
            spans: paid.into_iter().map(span).collect(),
            ..Career::default()
        })
    }
}
