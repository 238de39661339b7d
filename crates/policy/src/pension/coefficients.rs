//! The coefficients that bring an income of the past to the prices of the year in which the benefit starts.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;

use crate::error::PolicyError;
use crate::parameters::{
    BothLanguages, InForce, Law, Parameter, ParameterError, Parameters, Source, Verified,
};
use crate::person::Scheme;
use crate::rate::Rate;

/// Coefficients are counted in ten-thousandths; the law rounds them to two decimals.
pub(crate) const SCALE: i64 = 10_000;

/// Row of all years before 1995.
pub(crate) const FIRST_YEAR: i16 = 1994;
/// Voluntary SI began in this year.
pub(crate) const FIRST_VOLUNTARY_YEAR: i16 = 2008;
const FROM_2008: &str = "coefficients/from_2008";
const BEFORE_2008: &str = "coefficients/compulsory_before_2008";

/// A coefficient that an example or an application assumes instead of the published one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssumedCoefficient {
    /// Year of the contributions.
    pub year: i16,
    /// As printed: `"1.08"`.
    pub coefficient: Rate,
    /// Where it comes from.
    pub document: String,
}

/// The coefficients of one year in which benefits start.
#[derive(Clone, Debug)]
pub struct Coefficients {
    day: Date,
    /// By year from [`FIRST_YEAR`] on, in [`SCALE`]; 0 where there is none.
    scaled: Vec<i64>,
    in_force: Vec<Option<InForce<Rate>>>,
    parameters: Arc<Parameters>,
}

impl Coefficients {
    /// Those of benefits that start on the day.
    ///
    /// "…the ratio of the price index of the year before the benefit to that of the year of the contribution, at least 1":
    /// Nghị định 159/2025/NĐ-CP, Điều 10; parameters `coefficients/…`.
    ///
    /// Errors: the table of the year is not known.
    pub(crate) fn of_start(law: &Law, day: Date) -> Result<Coefficients, ParameterError> {
        let year = day.year();
        law.parameter(FROM_2008).rate_in_year(day, year)?;
        let mut table = Coefficients {
            day,
            scaled: Vec::new(),
            in_force: Vec::new(),
            parameters: Arc::clone(&law.parameters),
        };
        for year in FIRST_YEAR..=year {
            let parameter = table.parameter(year);
            // A row that is not there is an error only for who needs it.
            let found = parameter.rate_in_year(day, year).ok();
            table.push(found);
        }
        Ok(table)
    }

    /// Those that an example assumes, each with where it comes from; there are no others.
    ///
    /// Errors: a coefficient below 1, above 10, or with more than four decimals.
    pub fn assumed(
        law: &Law,
        day: Date,
        assumed: &[AssumedCoefficient],
    ) -> Result<Coefficients, PolicyError> {
        let mut table = Coefficients {
            day,
            scaled: Vec::new(),
            in_force: Vec::new(),
            parameters: Arc::clone(&law.parameters),
        };
        for one in assumed {
            let scaled = scaled(one.coefficient).unwrap_or(0);
            crate::error::checked("coefficient × 10.000", scaled, SCALE, 10 * SCALE)?;
        }
        for year in FIRST_YEAR..=day.year() {
            let one = assumed.iter().find(|one| one.year == year);
            table.push(one.map(|one| InForce {
                value: one.coefficient,
                source: Arc::new(assumed_source(one, day)),
            }));
        }
        Ok(table)
    }

    fn push(&mut self, found: Option<InForce<Rate>>) {
        let known = found.as_ref().and_then(|found| scaled(found.value));
        self.scaled.push(known.unwrap_or(0));
        self.in_force.push(found.filter(|_| known.is_some()));
    }

    fn parameter(&self, year: i16) -> &Parameter {
        let before_2008 = year < FIRST_VOLUNTARY_YEAR;
        self.parameters
            .get(if before_2008 { BEFORE_2008 } else { FROM_2008 })
    }

    /// The last year of the table: that in which the benefit starts.
    pub fn last_year(&self) -> i16 {
        FIRST_YEAR + self.scaled.len() as i16 - 1
    }

    /// The coefficient in ten-thousandths; 1 for years after the table, which have none yet.
    ///
    /// Errors: the table has no such row.
    #[inline]
    pub(crate) fn scaled(&self, year: i16, scheme: Scheme) -> Result<i64, PolicyError> {
        let place = usize::from((year.max(FIRST_YEAR) - FIRST_YEAR) as u16);
        let is_known = year >= FIRST_VOLUNTARY_YEAR || scheme == Scheme::CompulsorySi;
        match self.scaled.get(place) {
            None => Ok(SCALE),
            Some(&scaled) if scaled > 0 && is_known => Ok(scaled),
            Some(_) => Err(self.missing(year, scheme)),
        }
    }

    /// The coefficient with its source; none for years after the table.
    pub(crate) fn in_force(&self, year: i16) -> Option<&InForce<Rate>> {
        let place = usize::from((year.max(FIRST_YEAR) - FIRST_YEAR) as u16);
        self.in_force.get(place)?.as_ref()
    }

    /// Why there is no coefficient.
    #[cold]
    pub(crate) fn missing(&self, year: i16, scheme: Scheme) -> PolicyError {
        let parameter = match scheme {
            Scheme::VoluntarySi => self.parameters.get(FROM_2008),
            Scheme::CompulsorySi => self.parameter(year),
        };
        match parameter.rate_in_year(self.day, year) {
            Err(error) => error.into(),
            // The table has the row, what was assumed has not.
            Ok(_) => crate::pension::PensionError::CoefficientNotAssumed { year }.into(),
        }
    }
}

fn scaled(coefficient: Rate) -> Option<i64> {
    coefficient
        .times(Rate::whole(SCALE))
        .and_then(Rate::as_whole)
}

fn assumed_source(one: &AssumedCoefficient, day: Date) -> Source {
    Source {
        parameter: "coefficients/assumed".to_owned(),
        key: Some(one.year.to_string()),
        since: day,
        reference: one.document.clone(),
        url: None,
        verified: Verified::Unverified,
        note: Some(BothLanguages {
            vi: "Do người dùng nhập.".to_owned(),
            en: "Entered by the user.".to_owned(),
        }),
    }
}
