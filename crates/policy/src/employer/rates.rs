//! What employee and employer pay to each fund, as shares and of a wage.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::employer::Rules;
use crate::error::{PolicyError, checked};
use crate::parameters::InForce;
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText, Value};

const BASE: StepText = StepText {
    id: "employer.wage_base",
    vi: "Tiền lương đóng: từ {floor} đến {ceiling} lần mức tham chiếu",
    en: "Insurable wage: from {floor} to {ceiling} times the reference level",
    formula: "max({floor} × {reference_level}, min({wage}, {ceiling} × {reference_level})) = {result}",
};

const UNEMPLOYMENT_BASE: StepText = StepText {
    id: "employer.unemployment_base",
    vi: "Tiền lương đóng bảo hiểm thất nghiệp: nhiều nhất {multiple} lần lương tối thiểu vùng",
    en: "Wage for unemployment insurance: at most {multiple} times the regional minimum wage",
    formula: "min({wage}, {multiple} × {minimum_wage}) = {result}",
};

const UNEMPLOYMENT_UNKNOWN: StepText = StepText {
    id: "employer.unemployment_base_without_ceiling",
    vi: "Tiền lương đóng bảo hiểm thất nghiệp: chưa biết lương tối thiểu vùng nên chưa áp mức trần",
    en: "Wage for unemployment insurance: the regional minimum wage is not given, so no ceiling is applied",
    formula: "{result}",
};

const EMPLOYEE: StepText = StepText {
    id: "employer.rate_employee",
    vi: "{fund}: người lao động đóng {rate}",
    en: "{fund}: the employee pays {rate}",
    formula: "{rate}",
};

const EMPLOYER: StepText = StepText {
    id: "employer.rate_employer",
    vi: "{fund}: người sử dụng lao động đóng {rate}",
    en: "{fund}: the employer pays {rate}",
    formula: "{rate}",
};

const SHARE: StepText = StepText {
    id: "employer.contribution",
    vi: "{fund}: số tiền mỗi tháng",
    en: "{fund}: amount per month",
    formula: "{rate} × {wage} = {result}",
};

const TOTAL: StepText = StepText {
    id: "employer.total_rate",
    vi: "Cộng các quỹ: người lao động {employee}, người sử dụng lao động {employer}",
    en: "All funds: employee {employee}, employer {employer}",
    formula: "{employee} + {employer} = {result}",
};

const NO_CEILING: Doubt = Doubt {
    id: "employer.unemployment_ceiling_not_applied",
    vi: "Chưa nhập lương tối thiểu vùng: phần bảo hiểm thất nghiệp tính trên cả tiền lương, có thể cao hơn quy định.",
    en: "The regional minimum wage is not given: unemployment insurance is computed on the whole wage and may be too high.",
};

/// A fund of the compulsory schemes.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    /// Hưu trí và tử tuất.
    Retirement,
    /// Ốm đau và thai sản.
    Sickness,
    /// Tai nạn lao động, bệnh nghề nghiệp.
    Accident,
    /// Bảo hiểm y tế.
    Health,
    /// Bảo hiểm thất nghiệp.
    Unemployment,
}

impl From<Fund> for Value {
    fn from(fund: Fund) -> Value {
        match fund {
            Fund::Retirement => Value::Word("Hưu trí và tử tuất", "Retirement and survivors"),
            Fund::Sickness => Value::Word("Ốm đau và thai sản", "Sickness and maternity"),
            Fund::Accident => Value::Word(
                "Tai nạn lao động, bệnh nghề nghiệp",
                "Occupational accident and disease",
            ),
            Fund::Health => Value::Word("Bảo hiểm y tế", "Health insurance"),
            Fund::Unemployment => Value::Word("Bảo hiểm thất nghiệp", "Unemployment insurance"),
        }
    }
}

/// For which employer, and of which wage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatesInput {
    /// Wage in đồng per month; without it only shares are told.
    pub wage_vnd: Option<AmountVnd>,
    /// Regional minimum wage in đồng per month, for the ceiling of unemployment insurance.
    pub minimum_wage_vnd: Option<AmountVnd>,
    /// Approved to pay less to the accident fund.
    #[serde(default)]
    pub is_approved: bool,
}

/// What is paid to all funds.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Rates {
    /// Each fund.
    pub funds: Vec<FundRate>,
    /// The employee's share of all funds.
    pub employee: Rate,
    /// The employer's share of all funds.
    pub employer: Rate,
    /// Both.
    pub total: Rate,
    /// The wage that counts, in đồng per month.
    pub base_vnd: Option<AmountVnd>,
    /// The employee's part of the wage, in đồng per month.
    pub employee_vnd: Option<AmountVnd>,
    /// The employer's part, in đồng per month.
    pub employer_vnd: Option<AmountVnd>,
    /// Both, in đồng per month.
    pub total_vnd: Option<AmountVnd>,
}

/// What is paid to a fund.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FundRate {
    /// The fund.
    pub fund: Fund,
    /// The employee's share of the wage.
    pub employee: Rate,
    /// The employer's share of the wage.
    pub employer: Rate,
    /// The employee's part, in đồng per month.
    pub employee_vnd: Option<AmountVnd>,
    /// The employer's part, in đồng per month.
    pub employer_vnd: Option<AmountVnd>,
}

/// The shares of employee and employer on the day of the rules, and of a wage.
///
/// "Employees pay 8 % to the retirement fund; employers 14 % to it and 3 % to sickness and maternity": Luật 41/2024/QH15, Điều
/// 33 khoản 1, Điều 34 khoản 1; Luật 58/2014/QH13, Điều 85, 86. Health insurance: Nghị định 146/2018/NĐ-CP, Điều 7. Unemployment
/// insurance: Luật Việc làm 38/2013/QH13, Điều 57; Luật Việc làm 74/2025/QH15, Điều 33.
///
/// Errors: a wage when the limits are not known, a wage below zero, an approved employer when there was none.
pub fn rates(
    rules: &Rules,
    input: &RatesInput,
    recorder: &mut impl Recorder,
) -> Result<Rates, PolicyError> {
    let bases = bases(rules, input, recorder)?;
    let accident = if input.is_approved {
        rules.accident_approved.as_ref().map_err(Clone::clone)?
    } else {
        &rules.accident
    };
    let lines = [
        (
            Fund::Retirement,
            Some(&rules.retirement.0),
            &rules.retirement.1,
        ),
        (Fund::Sickness, None, &rules.sickness),
        (Fund::Accident, None, accident),
        (Fund::Health, Some(&rules.health.0), &rules.health.1),
        (
            Fund::Unemployment,
            Some(&rules.unemployment.0),
            &rules.unemployment.1,
        ),
    ];
    let mut funds = Vec::with_capacity(lines.len());
    let (mut employee, mut employer) = (Rate::ZERO, Rate::ZERO);
    for (fund, of_employee, of_employer) in lines {
        let base = bases.map(|(si, unemployment)| match fund {
            Fund::Unemployment => unemployment,
            _ => si,
        });
        let mut part = |text: &'static StepText, rate: &InForce<Rate>| {
            recorder.step(|| {
                Step::new(text, rate.value)
                    .with("fund", fund)
                    .using("rate", rate)
            });
            base.map(|base| share(fund, rate, base, recorder))
        };
        let employee_vnd = match of_employee {
            Some(rate) => part(&EMPLOYEE, rate),
            None => base.map(|_| AmountVnd::ZERO),
        };
        let line = FundRate {
            fund,
            employee: of_employee.map_or(Rate::ZERO, |rate| rate.value),
            employer: of_employer.value,
            employee_vnd,
            employer_vnd: part(&EMPLOYER, of_employer),
        };
        employee = employee.plus(line.employee);
        employer = employer.plus(line.employer);
        funds.push(line);
    }
    let total = employee.plus(employer);
    recorder.step(|| {
        Step::new(&TOTAL, total)
            .with("employee", employee)
            .with("employer", employer)
    });
    let sum = |part: fn(&FundRate) -> Option<AmountVnd>| {
        funds.iter().map(part).sum::<Option<AmountVnd>>()
    };
    let employee_vnd = sum(|line| line.employee_vnd);
    let employer_vnd = sum(|line| line.employer_vnd);
    Ok(Rates {
        employee,
        employer,
        total,
        base_vnd: bases.map(|(si, _)| si),
        employee_vnd,
        employer_vnd,
        total_vnd: employee_vnd
            .zip(employer_vnd)
            .map(|(one, other)| one + other),
        funds,
    })
}

fn share(
    fund: Fund,
    rate: &InForce<Rate>,
    wage: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let part = rate.value.of(wage);
    recorder.step(|| {
        Step::new(&SHARE, part)
            .with("fund", fund)
            .using("rate", rate)
            .with("wage", wage)
            .rounded(Rounding::HalfUp)
    });
    part
}

/// The wage that counts for all funds but unemployment, and that for unemployment.
fn bases(
    rules: &Rules,
    input: &RatesInput,
    recorder: &mut impl Recorder,
) -> Result<Option<(AmountVnd, AmountVnd)>, PolicyError> {
    let Some(wage) = input.wage_vnd else {
        return Ok(None);
    };
    for (what, given) in [
        ("wage_vnd", wage),
        (
            "minimum_wage_vnd",
            input.minimum_wage_vnd.unwrap_or_default(),
        ),
    ] {
        checked(what, given.0, 0, 10_000_000_000)?;
    }
    let (floor, ceiling) = rules.wages()?;
    let base = wage.max(floor).min(ceiling);
    recorder.step(|| {
        let (floor, ceiling) = rules
            .wage_limits
            .as_ref()
            .expect("the limits were asked for");
        Step::new(&BASE, base)
            .with("wage", wage)
            .using("floor", floor)
            .using("ceiling", ceiling)
            .using("reference_level", &rules.reference_level)
    });
    let Some(minimum_wage) = input.minimum_wage_vnd else {
        recorder.step(|| Step::new(&UNEMPLOYMENT_UNKNOWN, wage).doubted(&NO_CEILING));
        return Ok(Some((base, wage)));
    };
    let multiple = &rules.unemployment_ceiling;
    let unemployment = wage.min(minimum_wage * multiple.value);
    recorder.step(|| {
        Step::new(&UNEMPLOYMENT_BASE, unemployment)
            .with("wage", wage)
            .using("multiple", multiple)
            .with("minimum_wage", minimum_wage)
    });
    Ok(Some((base, unemployment)))
}
