//! The law as it stands for one caller: the compiled-in parameters, and what an administrator enters.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::error::PolicyError;
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
    year: i16,
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

    /// With the monthly return of the fund for payments made in a year, as Viet Nam Social Security published it.
    ///
    /// `document` is the number of its letter.
    #[must_use]
    pub fn with_fund_return(mut self, year: i16, rate: Rate, document: &str) -> Law {
        let source = Source {
            parameter: FUND_RETURN.to_owned(),
            key: None,
            since: jiff::civil::date(year, 1, 1),
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
        self.fund_returns.retain(|known| known.year != year);
        self.fund_returns.push(FundReturn { year, value });
        self
    }

    /// With what another province or district adds.
    #[must_use]
    pub fn with_local_support(mut self, local: LocalSupport) -> Law {
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
        if let Some(entered) = self
            .fund_returns
            .iter()
            .find(|known| known.year == paid_on.year())
        {
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
