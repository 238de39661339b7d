//! The areas of the law, as parameters and methods are grouped for people.

use crate::parameters::BothLanguages;

/// An area of the law.
#[derive(Copy, Clone, Debug)]
pub struct Area {
    /// The first part of the ids of its parameters.
    pub id: &'static str,
    vi: &'static str,
    en: &'static str,
}

impl Area {
    /// What people call it.
    pub fn name(&self) -> BothLanguages {
        BothLanguages {
            vi: self.vi.to_owned(),
            en: self.en.to_owned(),
        }
    }
}

const fn area(id: &'static str, vi: &'static str, en: &'static str) -> Area {
    Area { id, vi, en }
}

/// All, in the order in which people read them.
pub const AREAS: &[Area] = &[
    area("base", "Mức chung, quy trình", "Common levels, procedure"),
    area(
        "voluntary_si",
        "BHXH tự nguyện",
        "Voluntary social insurance",
    ),
    area(
        "provincial_support",
        "Tỉnh, thành phố hỗ trợ thêm",
        "What provinces add",
    ),
    area(
        "household_hi",
        "BHYT hộ gia đình",
        "Health insurance of households",
    ),
    area(
        "health_insurance",
        "Quyền lợi và hỗ trợ BHYT",
        "Benefits and support of health insurance",
    ),
    area("compulsory", "BHXH bắt buộc", "Compulsory social insurance"),
    area(
        "late_payment",
        "Chậm đóng, trốn đóng",
        "Late payment and evasion",
    ),
    area("retirement", "Tuổi nghỉ hưu", "Retirement age"),
    area("pension", "Lương hưu", "Pension"),
    area(
        "coefficients",
        "Hệ số điều chỉnh thu nhập",
        "Coefficients of past incomes",
    ),
    area("retirees", "Người đang hưởng lương hưu", "Pensioners"),
    area("withdrawal", "BHXH một lần", "One-time withdrawal"),
    area(
        "monthly_allowance",
        "Trợ cấp hằng tháng từ đóng góp của mình",
        "Monthly allowance from one's own contributions",
    ),
    area("social_pension", "Trợ cấp hưu trí xã hội", "Social pension"),
    area("death", "Mai táng, tử tuất", "Funeral and survivors"),
    area("maternity", "Thai sản", "Maternity"),
];

/// The area of a parameter's id.
pub fn area_of(id: &str) -> &str {
    id.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::RULE_CHANGES;
    use crate::parameters::Parameters;

    #[test]
    fn every_parameter_and_method_is_in_an_area() {
        let parameters = Parameters::embedded().iter();
        let ids = parameters.map(|parameter| area_of(&parameter.id));
        for id in ids.chain(RULE_CHANGES.iter().map(|change| change.area)) {
            assert!(AREAS.iter().any(|area| area.id == id), "{id}");
        }
    }
}
