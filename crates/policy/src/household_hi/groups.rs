//! The groups whose contribution the State pays in part or whole, and what it pays.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::error::PolicyError;
use crate::household_hi::{HouseholdHiError, Rules};
use crate::parameters::InForce;
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText, Value};

/// A group that does not pay as a member of a household.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Ngân sách đóng toàn bộ: hộ nghèo, trẻ dưới 6 tuổi, ….
    BudgetPaid,
    /// Hộ cận nghèo.
    NearPoor,
    /// Hộ cận nghèo ở huyện nghèo (đến 14/8/2025), xã nghèo (từ 15/8/2025).
    NearPoorPoorArea,
    /// Hộ nghèo đa chiều không nghèo về thu nhập, đến 14/8/2025.
    MultidimensionallyPoor,
    /// Học sinh, sinh viên.
    Pupil,
    /// Hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình.
    AverageLivingStandard,
    /// Người dân tộc thiểu số ở xã ra khỏi khu vực II, III.
    EthnicMinorityLeftZone,
    /// Nhân viên y tế thôn bản, cô đỡ, lực lượng an ninh trật tự cơ sở, …, từ 15/8/2025.
    VillageWorkers,
    /// Nạn nhân bị mua bán, từ 15/8/2025.
    TraffickingVictim,
    /// Nạn nhân bom mìn sau chiến tranh, từ 15/8/2025.
    MineVictim,
    /// Đã tham gia BHYT theo nhóm khác: người lao động, người hưởng lương hưu, …; pays nothing here.
    InsuredElsewhere,
}

impl Group {
    /// All.
    pub const ALL: [Group; 11] = [
        Group::BudgetPaid,
        Group::NearPoor,
        Group::NearPoorPoorArea,
        Group::MultidimensionallyPoor,
        Group::Pupil,
        Group::AverageLivingStandard,
        Group::EthnicMinorityLeftZone,
        Group::VillageWorkers,
        Group::TraffickingVictim,
        Group::MineVictim,
        Group::InsuredElsewhere,
    ];

    /// The word of the parameter files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::BudgetPaid => "budget_paid",
            Group::NearPoor => "near_poor",
            Group::NearPoorPoorArea => "near_poor_poor_area",
            Group::MultidimensionallyPoor => "multidimensionally_poor",
            Group::Pupil => "pupil",
            Group::AverageLivingStandard => "average_living_standard",
            Group::EthnicMinorityLeftZone => "ethnic_minority_left_zone",
            Group::VillageWorkers => "village_workers",
            Group::TraffickingVictim => "trafficking_victim",
            Group::MineVictim => "mine_victim",
            Group::InsuredElsewhere => "insured_elsewhere",
        }
    }

    /// In Vietnamese and English.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Group::BudgetPaid => ("ngân sách đóng toàn bộ", "paid whole by the budget"),
            Group::NearPoor => ("hộ cận nghèo", "near-poor household"),
            Group::NearPoorPoorArea => (
                "hộ cận nghèo ở địa bàn nghèo",
                "near-poor household in a poor area",
            ),
            Group::MultidimensionallyPoor => ("hộ nghèo đa chiều", "multidimensionally poor"),
            Group::Pupil => ("học sinh, sinh viên", "pupil or student"),
            Group::AverageLivingStandard => (
                "hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
                "farming household of average living standard",
            ),
            Group::EthnicMinorityLeftZone => (
                "người dân tộc thiểu số ở xã ra khỏi khu vực II, III",
                "ethnic minority in a commune that left zone II or III",
            ),
            Group::VillageWorkers => (
                "nhân viên y tế thôn bản, lực lượng ở cơ sở",
                "village health and security workers",
            ),
            Group::TraffickingVictim => ("nạn nhân bị mua bán", "victim of trafficking"),
            Group::MineVictim => ("nạn nhân bom mìn", "victim of post-war mines"),
            Group::InsuredElsewhere => ("tham gia theo nhóm khác", "insured in another group"),
        }
    }
}

impl From<Group> for Value {
    fn from(group: Group) -> Value {
        let (vi, en) = group.names();
        Value::Word(vi, en)
    }
}

/// What the State pays for a group.
#[derive(Clone, Debug)]
pub(crate) struct GroupSupport {
    /// Share of the full contribution.
    pub rate: InForce<Rate>,
    /// Đồng per month.
    pub monthly: AmountVnd,
    /// Most months of support, for groups with a limit.
    pub max_months: Option<InForce<i64>>,
}

const CHOSEN: StepText = StepText {
    id: "household_hi.group",
    vi: "Thuộc nhiều nhóm được hỗ trợ thì theo mức hỗ trợ cao nhất: {result}",
    en: "Of several supported groups the highest support counts: {result}",
    formula: "{result}: {rate}",
};

const MONTHLY: StepText = StepText {
    id: "household_hi.support_monthly",
    vi: "Nhà nước hỗ trợ mỗi tháng {rate} mức đóng; người được hỗ trợ không được giảm theo thứ tự trong hộ (Nghị định 146/2018/NĐ-CP, Điều 7 khoản 2)",
    en: "The State pays {rate} of the contribution per month; who is supported gets no reduction by order in the household (Decree 146/2018/NĐ-CP, Art. 7(2))",
    formula: "{rate} × {monthly} = {result}",
};

const MONTHS: StepText = StepText {
    id: "household_hi.support_months",
    vi: "Nhóm này được hỗ trợ nhiều nhất {most} tháng, đã được {had} tháng",
    en: "This group is supported for at most {most} months, {had} had before",
    formula: "min({months}, {most} − {had}) = {result}",
};

const SUPPORT: StepText = StepText {
    id: "household_hi.support",
    vi: "Nhà nước hỗ trợ {months} tháng",
    en: "The State pays {months} months",
    formula: "{months} × {monthly} = {result}",
};

const SEVERAL_GROUPS: Doubt = Doubt {
    id: "household_hi.several_groups_until_2025_06",
    vi: "Trước 01/7/2025 người thuộc nhiều nhóm đóng theo nhóm đầu tiên của Điều 12 Luật Bảo hiểm y tế; chưa đọc nguyên văn, ở đây lấy mức hỗ trợ cao nhất.",
    en: "Before 2025-07-01 a person in several groups paid in the first group of Art. 12 of the Law on Health Insurance; the text was not read, the highest support is taken here.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&CHOSEN, &MONTHLY, &MONTHS, &SUPPORT];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&SEVERAL_GROUPS];

/// The group that counts, the months it is supported and what the State pays.
pub(crate) struct Supported {
    pub group: Group,
    pub state: AmountVnd,
}

/// What the State pays for somebody who is in supported groups and had support for `had` months in a group with a limit.
///
/// "Who belongs to several groups with support gets the highest": Luật Bảo hiểm y tế (sửa đổi bởi Luật 51/2024/QH15), Điều 13
/// khoản 5 điểm g. The shares: Nghị định 146/2018/NĐ-CP, Điều 8 khoản 1; Nghị định 188/2025/NĐ-CP, Điều 7.
///
/// Errors: a group that the law of the day does not name; more months had than the law gives.
pub(crate) fn supported(
    rules: &Rules,
    groups: &[Group],
    months: u32,
    had: u32,
    recorder: &mut impl Recorder,
) -> Result<Supported, PolicyError> {
    let mut best: Option<(Group, &GroupSupport, u32, AmountVnd)> = None;
    for group in groups {
        let support = rules.group(*group)?;
        let months = match &support.max_months {
            None => months,
            Some(most) => {
                let left = (most.value - i64::from(had)).try_into().map_err(|_| {
                    HouseholdHiError::SupportedMonthsTooMany {
                        had,
                        most: most.value,
                        rule: most.source.clone(),
                    }
                })?;
                months.min(left)
            }
        };
        let state = support.monthly * i64::from(months);
        if best.is_none_or(|(_, _, _, before)| state > before) {
            best = Some((*group, support, months, state));
        }
    }
    let (group, support, supported_months, state) =
        best.expect("somebody without a group pays as a member of the household");
    recorder.step(|| {
        let step = Step::new(&CHOSEN, group).using("rate", &support.rate);
        if groups.len() > 1 && !rules.is_law_2024() {
            step.doubted(&SEVERAL_GROUPS)
        } else {
            step
        }
    });
    recorder.step(|| {
        Step::new(&MONTHLY, support.monthly)
            .using("rate", &support.rate)
            .with("monthly", rules.monthly[0])
            .rounded(Rounding::HalfUp)
    });
    if let Some(most) = &support.max_months {
        recorder.step(|| {
            Step::new(&MONTHS, supported_months)
                .with("months", months)
                .with("had", had)
                .using("most", most)
        });
    }
    recorder.step(|| {
        Step::new(&SUPPORT, state)
            .with("months", supported_months)
            .with("monthly", support.monthly)
    });
    Ok(Supported { group, state })
}
