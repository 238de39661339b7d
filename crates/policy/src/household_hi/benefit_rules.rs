//! The rules of what the fund pays, on one day, resolved once.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law, ParameterError, whole};
use crate::rate::Rate;
use crate::trace::Value;

/// Which benefit level somebody has.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Insured {
    /// Tham gia theo hộ gia đình, và các nhóm khác hưởng 80%.
    Household,
    /// Người hưởng lương hưu.
    Pensioner,
    /// Hộ cận nghèo.
    NearPoor,
    /// Thân nhân người có công.
    RelativesOfMerit,
    /// Người từ đủ 75 tuổi hưởng trợ cấp hưu trí xã hội, từ 2025-07-01.
    #[serde(rename = "social_pension_75")]
    SocialPension75,
    /// Người hưởng trợ cấp hằng tháng theo Điều 23 Luật Bảo hiểm xã hội, từ 2025-07-01.
    #[serde(rename = "article_23_recipient")]
    Article23Recipient,
    /// Hộ nghèo, trẻ dưới 6 tuổi, người có công, xã đảo, ….
    Full,
}

impl Insured {
    /// All.
    pub const ALL: [Insured; 7] = [
        Insured::Household,
        Insured::Pensioner,
        Insured::NearPoor,
        Insured::RelativesOfMerit,
        Insured::SocialPension75,
        Insured::Article23Recipient,
        Insured::Full,
    ];

    /// The word of the parameter files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Insured::Household => "household",
            Insured::Pensioner => "pensioner",
            Insured::NearPoor => "near_poor",
            Insured::RelativesOfMerit => "relatives_of_merit",
            Insured::SocialPension75 => "social_pension_75",
            Insured::Article23Recipient => "article_23_recipient",
            Insured::Full => "full",
        }
    }
}

impl From<Insured> for Value {
    fn from(insured: Insured) -> Value {
        match insured {
            Insured::Household => Value::Word("tham gia theo hộ gia đình", "household member"),
            Insured::Pensioner => Value::Word("người hưởng lương hưu", "pensioner"),
            Insured::NearPoor => Value::Word("hộ cận nghèo", "near-poor household"),
            Insured::RelativesOfMerit => {
                Value::Word("thân nhân người có công", "relative of people of merit")
            }
            Insured::SocialPension75 => Value::Word(
                "từ đủ 75 tuổi hưởng trợ cấp hưu trí xã hội",
                "75 or older on social pension",
            ),
            Insured::Article23Recipient => Value::Word(
                "người hưởng trợ cấp hằng tháng theo Điều 23",
                "recipient of the Art. 23 allowance",
            ),
            Insured::Full => Value::Word(
                "hộ nghèo, trẻ dưới 6 tuổi, người có công, …",
                "poor, under 6, people of merit, …",
            ),
        }
    }
}

/// Where somebody is treated.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Đúng nơi đăng ký hoặc được chuyển đúng quy định.
    #[default]
    Registered,
    /// Đúng quy định tại tuyến xã, từ 2025 cơ sở cấp ban đầu.
    RegisteredCommune,
    /// Không đúng nơi đăng ký: cấp ban đầu.
    InitialLevel,
    /// Không đúng nơi đăng ký: nội trú cấp cơ bản.
    BasicInpatient,
    /// Không đúng nơi đăng ký: tuyến huyện trước đây.
    FormerDistrict,
    /// Không đúng nơi đăng ký: nội trú tuyến tỉnh trước đây.
    FormerProvincialInpatient,
    /// Không đúng nơi đăng ký: nội trú cấp chuyên sâu.
    SpecialisedInpatient,
    /// Không đúng nơi đăng ký: ngoại trú cấp cơ bản.
    BasicOutpatient,
    /// Không đúng nơi đăng ký: ngoại trú cấp chuyên sâu, tuyến tỉnh trước đây.
    FormerProvincialSpecialisedOutpatient,
    /// Không đúng nơi đăng ký: bệnh hiểm nghèo trong danh mục.
    SevereDisease,
    /// Cấp cứu, ở bất cứ nơi nào.
    Emergency,
}

impl Place {
    /// Those with a row in the table of care outside the registered place.
    pub(crate) const OUTSIDE: [Place; 9] = [
        Place::InitialLevel,
        Place::BasicInpatient,
        Place::FormerDistrict,
        Place::FormerProvincialInpatient,
        Place::SpecialisedInpatient,
        Place::BasicOutpatient,
        Place::FormerProvincialSpecialisedOutpatient,
        Place::SevereDisease,
        Place::Emergency,
    ];

    /// The word of the parameter files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Registered => "registered",
            Place::RegisteredCommune => "registered_commune",
            Place::InitialLevel => "initial_level",
            Place::BasicInpatient => "basic_inpatient",
            Place::FormerDistrict => "former_district",
            Place::FormerProvincialInpatient => "former_provincial_inpatient",
            Place::SpecialisedInpatient => "specialised_inpatient",
            Place::BasicOutpatient => "basic_outpatient",
            Place::FormerProvincialSpecialisedOutpatient => {
                "former_provincial_specialised_outpatient"
            }
            Place::SevereDisease => "severe_disease",
            Place::Emergency => "emergency",
        }
    }
}

/// What the law says of benefits on a day: that of the visit.
#[derive(Clone, Debug)]
pub struct BenefitRules {
    /// The day.
    pub on: Date,
    /// Base salary, from 2025-07-01 the reference level.
    pub reference_level: InForce<AmountVnd>,
    /// The base salaries of the calendar year up to the day, in order.
    pub(crate) reference_levels_of_year: Vec<InForce<AmountVnd>>,
    /// Level of each, or why it is not known.
    levels: Vec<Result<InForce<Rate>, ParameterError>>,
    /// Level at the commune.
    pub(crate) commune_level: InForce<Rate>,
    /// A visit that costs less than this share of the base salary is paid whole.
    pub(crate) cheap_visit_share: InForce<Rate>,
    /// Years without a break after which co-payments are limited.
    pub(crate) consecutive_years: InForce<i64>,
    /// The longest gap that is no break.
    pub(crate) gap_months: InForce<i64>,
    /// Co-payments of a year are limited to so many base salaries.
    pub(crate) copayment_multiple: InForce<i64>,
    /// Share of the level outside the registered place, or why it is not known.
    outside: Vec<Result<InForce<Rate>, ParameterError>>,
}

impl BenefitRules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<BenefitRules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("health_insurance/{name}"));
        let level = |insured: Insured| find("benefit_level").rate_of(on, insured.as_str());
        let outside = |place: Place| find("outside_registered_place").rate_of(on, place.as_str());
        let base = law.parameter("base/base_salary");
        let new_year = on.first_of_year();
        let mut reference_levels_of_year = vec![base.amount(new_year)?];
        let changes = base.rates_begun(new_year, on).into_iter();
        reference_levels_of_year
            .extend(changes.map(|change| change.map(|rate| AmountVnd(whole(rate)))));
        Ok(BenefitRules {
            on,
            reference_level: base.amount(on)?,
            reference_levels_of_year,
            levels: Insured::ALL.map(level).into(),
            commune_level: find("benefit_level_commune").rate(on)?,
            cheap_visit_share: find("cheap_visit_share").rate(on)?,
            consecutive_years: find("consecutive_years").count(on)?,
            gap_months: find("consecutive_gap_months").count(on)?,
            copayment_multiple: find("five_years_copayment_multiple").count(on)?,
            outside: Place::OUTSIDE.map(outside).into(),
        })
    }

    /// The benefit level of somebody.
    ///
    /// Errors: the law of the day does not name the group.
    pub(crate) fn level(&self, insured: Insured) -> Result<&InForce<Rate>, PolicyError> {
        let level = self.levels[insured as usize].as_ref();
        level.map_err(|error| error.clone().into())
    }

    /// Share of the level outside the registered place; none for a visit there.
    ///
    /// Errors: no rule is known on the day.
    pub(crate) fn outside(&self, place: Place) -> Result<Option<&InForce<Rate>>, PolicyError> {
        let Some(at) = Place::OUTSIDE.iter().position(|one| *one == place) else {
            return Ok(None);
        };
        match &self.outside[at] {
            Ok(share) => Ok(Some(share)),
            Err(error) => Err(error.clone().into()),
        }
    }
}
