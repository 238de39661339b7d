//! Whether the incomes of a working life could be chosen at their time.

use jiff::civil::Date;

use crate::FIRST_DATE;
use crate::amount::AmountVnd;
use crate::career::Career;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::Law;
use crate::person::Scheme;
use crate::voluntary_si::VoluntarySiError;

/// A month may have been paid so long before, at the limits of then: Nghị định 159/2025/NĐ-CP, Điều 6.
pub(crate) const PREPAID_MONTHS: i32 = 60;

/// Checks the spans, and that no voluntary income of 2018 or later lies outside what could be chosen.
///
/// The highest income only rises: that of a span's last month bounds it. The lowest is that of five years before, since blocks
/// paid ahead keep theirs. Later months than the day asked for go by its limits. Luật 41/2024/QH15, Điều 31 khoản 2; Luật
/// 58/2014/QH13, Điều 87 khoản 1.
///
/// Errors: those of [`Career::in_order`]; an income below the floor or above the ceiling.
pub(crate) fn incomes_checked(law: &Law, on: Date, career: &Career) -> Result<(), PolicyError> {
    career.in_order()?;
    let spans = career
        .spans
        .iter()
        .filter(|span| span.scheme == Scheme::VoluntarySi)
        .map(|span| (span.from, span.to, span.income_vnd));
    let bought = career
        .bought
        .iter()
        .map(|bought| (bought.paid_in, bought.paid_in, bought.income_vnd));
    for (from, to, income) in spans.chain(bought) {
        not_above_ceiling(law, on, to, income)?;
        not_below_floor(law, on, from, income)?;
    }
    Ok(())
}

fn not_above_ceiling(
    law: &Law,
    on: Date,
    month: Month,
    income: AmountVnd,
) -> Result<(), PolicyError> {
    let day = month.last_day().min(on);
    if day < FIRST_DATE {
        return Ok(());
    }
    let multiple = law
        .parameter("voluntary_si/income_ceiling_multiple")
        .count(day)?;
    let level = law.parameter("base/base_salary").amount(day)?;
    let ceiling = level.value * multiple.value;
    if income > ceiling {
        return Err(VoluntarySiError::IncomeAboveCeiling {
            income,
            ceiling,
            on: day,
            rule: multiple.source,
        }
        .into());
    }
    Ok(())
}

fn not_below_floor(
    law: &Law,
    on: Date,
    month: Month,
    income: AmountVnd,
) -> Result<(), PolicyError> {
    let line = law.parameter("base/rural_poverty_line");
    let day = month.plus(-PREPAID_MONTHS).first_day().min(on);
    if day < line.first_day() {
        return Ok(());
    }
    let floor = line.amount(day)?;
    if income < floor.value {
        return Err(VoluntarySiError::IncomeBelowFloor {
            income,
            floor: floor.value,
            on: day,
            rule: floor.source,
        }
        .into());
    }
    Ok(())
}
