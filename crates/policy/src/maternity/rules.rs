//! The rules of the maternity allowance on one day, resolved once.

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law};

/// What the law says about a birth on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day of the birth, or of the death of the foetus.
    pub on: Date,
    /// For each child, in đồng.
    pub per_child: InForce<AmountVnd>,
    /// Months paid, within so many months.
    pub(crate) condition: (InForce<i64>, InForce<i64>),
    /// Days to file, working days to decide.
    pub(crate) days: (InForce<i64>, InForce<i64>),
    pub(crate) foetus_weeks: InForce<i64>,
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known; before 2025-07-01 there was no such allowance.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("maternity/{name}"));
        let (condition, days) = (find("condition_months"), find("days"));
        Ok(Rules {
            on,
            per_child: find("allowance").amount(on)?,
            condition: (
                condition.count_of(on, "paid")?,
                condition.count_of(on, "within")?,
            ),
            days: (days.count_of(on, "file")?, days.count_of(on, "decide")?),
            foetus_weeks: find("foetus_weeks").count(on)?,
        })
    }
}
