//! The law as it stands for one caller: the compiled-in parameters, and what an administrator enters.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::embedded::provincial_support;
use crate::parameters::{
    BothLanguages, InForce, LocalSupport, Parameter, ParameterError, Parameters, Source, Verified,
};
use crate::rate::Rate;
use crate::{FIRST_DATE, LAST_DATE};

const FUND_RETURN: &str = "voluntary_si/fund_return";

/// What every calculation starts from.
#[derive(Clone, Debug)]
pub struct Law {
    /// The values of the law.
    pub parameters: Arc<Parameters>,
    /// Average monthly returns of the fund that the administrator entered; they go before the compiled-in ones.
    fund_returns: Vec<FundReturn>,
    /// What provinces add.
    pub provincial_support: Vec<LocalSupport>,
}

#[derive(Clone, Debug)]
struct FundReturn {
    from: Month,
    value: InForce<Rate>,
}

impl Law {
    /// What is compiled in.
    pub fn embedded() -> &'static Law {
        static EMBEDDED: OnceLock<Law> = OnceLock::new();
        EMBEDDED.get_or_init(|| Law {
            parameters: Arc::new(Parameters::embedded().clone()),
            fund_returns: Vec::new(),
            provincial_support: provincial_support(),
        })
    }

    /// With other values than those compiled in.
    #[must_use]
    pub fn with_parameters(mut self, parameters: Parameters) -> Law {
        self.parameters = Arc::new(parameters);
        self
    }

    /// With the monthly return of the fund for payments made from a month on, as Viet Nam Social Security published it.
    ///
    /// It holds until the next one, but not beyond the year. `document` is the number of the letter.
    #[must_use]
    pub fn with_fund_return(mut self, from: Month, rate: Rate, document: &str) -> Law {
        let source = Source {
            parameter: FUND_RETURN.to_owned(),
            key: None,
            since: from.first_day(),
            reference: document.to_owned(),
            url: None,
            verified: Verified::Primary,
            note: Some(BothLanguages {
                vi: "Do người quản trị nhập.".to_owned(),
                en: "Entered by the administrator.".to_owned(),
            }),
        };
        let value = InForce {
            value: rate,
            source: Arc::new(source),
        };
        self.fund_returns.retain(|known| known.from != from);
        self.fund_returns.push(FundReturn { from, value });
        self
    }

    /// With what a province or a part of it adds, in the place of what it added before.
    #[must_use]
    pub fn with_local_support(mut self, local: LocalSupport) -> Law {
        let is_same =
            |known: &LocalSupport| known.province == local.province && known.area == local.area;
        self.provincial_support.retain(|known| !is_same(known));
        self.provincial_support.push(local);
        self
    }

    /// The parameter that a formula names.
    pub fn parameter(&self, id: &str) -> &Parameter {
        self.parameters.get(id)
    }

    /// The average monthly return r for a payment made on the day.
    ///
    /// Errors: `FundReturnMissing` for a year that is neither entered nor compiled in.
    /// Law: Nghị định 159/2025/NĐ-CP, Điều 18 khoản 4: published within the first ten days of January.
    pub fn fund_return(&self, paid_on: Date) -> Result<InForce<Rate>, PolicyError> {
        let paid_in = Month::of(paid_on);
        let of_the_year = |known: &&FundReturn| known.from.year() == paid_in.year();
        let entered = self.fund_returns.iter().filter(of_the_year);
        let begun = entered.filter(|known| known.from <= paid_in);
        if let Some(entered) = begun.max_by_key(|known| known.from) {
            return Ok(entered.value.clone());
        }
        let compiled_in = self.parameter(FUND_RETURN).rate(paid_on);
        compiled_in.map_err(|_: ParameterError| PolicyError::FundReturnMissing {
            year: paid_on.year(),
            on: paid_on,
        })
    }

    /// Whether the law of the day is known.
    ///
    /// Errors: `DateBeforeLaw`, `DateBeyondLaw`.
    pub fn check_date(&self, on: Date) -> Result<(), PolicyError> {
        if on < FIRST_DATE {
            return Err(PolicyError::DateBeforeLaw {
                on,
                first: FIRST_DATE,
            });
        }
        if on > LAST_DATE {
            return Err(PolicyError::DateBeyondLaw {
                on,
                last: LAST_DATE,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_entered_return_holds_until_the_next_but_not_beyond_its_year() {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        let law = Law::embedded()
            .clone()
            .with_fund_return("2024-07".parse().unwrap(), rate("0.4%"), "b")
            .with_fund_return("2024-02".parse().unwrap(), rate("0.3%"), "a");
        let on = |year, month| law.fund_return(date(year, month, 15));
        assert_eq!(on(2024, 1).unwrap_err().code(), "fund_return.missing");
        assert_eq!(on(2024, 6).unwrap().value, rate("0.3%"));
        assert_eq!(on(2024, 12).unwrap().source.reference, "b");
        assert_eq!(on(2025, 1).unwrap_err().code(), "fund_return.missing");
        let corrected = law.with_fund_return("2024-02".parse().unwrap(), rate("0.2%"), "c");
        let found = corrected.fund_return(date(2024, 2, 1)).unwrap();
        assert_eq!(
            (found.value, found.source.reference.as_str()),
            (rate("0.2%"), "c")
        );
    }

    #[test]
    fn a_province_replaces_what_it_added_before() {
        let text = "province: \"01\"\narea: null\ndescription: { vi: a, en: b }\nunit: ratio\nkeys: [poor]\nvalues:\n  2026-01-01: { value: { poor: \"0.1\" }, reference: r, verified: primary }\n";
        let local = LocalSupport::parse("x", "x.yaml", text).unwrap();
        let before = Law::embedded().provincial_support.len();
        let law = Law::embedded().clone().with_local_support(local);
        assert_eq!(law.provincial_support.len(), before);
        let wrong = text.replace("ratio", "count").replace("poor", "rich");
        let faults = LocalSupport::parse("x", "x.yaml", &wrong).unwrap_err();
        let lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [4, 5]);
    }
}
