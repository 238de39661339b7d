//! What each calculator is called, and an example of its input.

use jiff::civil::{Date, date};

/// A calculator, for people who choose one.
#[derive(Copy, Clone, Debug)]
pub struct Description {
    /// Its name in [`super::CALCULATORS`].
    pub name: &'static str,
    /// What it answers, in Vietnamese.
    pub vi: &'static str,
    /// What it answers, in English.
    pub en: &'static str,
    /// A day for which the example has an answer.
    pub on: Date,
    /// An input, as JSON.
    pub example: &'static str,
}

const fn description(
    name: &'static str,
    vi: &'static str,
    en: &'static str,
    on: Date,
    example: &'static str,
) -> Description {
    Description {
        name,
        vi,
        en,
        on,
        example,
    }
}

/// One for each calculator, in the same order.
pub const DESCRIPTIONS: &[Description] = &[
    description(
        "compare.withdraw_or_keep",
        "Rút BHXH một lần hay giữ lại để hưởng lương hưu",
        "Withdraw now, or keep the years and retire",
        date(2026, 7, 1),
        r#"{"born":"1986-03-15","sex":"woman","career":{"spans":[{"from":"2013-07","to":"2025-06","income_vnd":3000000}]}}"#,
    ),
    description(
        "death.funeral",
        "Trợ cấp mai táng",
        "Funeral allowance",
        date(2026, 7, 1),
        r#"{"is_pensioner":true}"#,
    ),
    description(
        "death.survivors_lump_sum",
        "Trợ cấp tuất một lần",
        "Survivors' lump sum",
        date(2026, 7, 1),
        r#"{"deceased":{"average":{"average_vnd":5000000,"months_before_2014":99,"months_from_2014":99,"compulsory_months":179}}}"#,
    ),
    description(
        "employer.allocation",
        "Thứ tự phân bổ số tiền đơn vị nộp",
        "How a payment of an employer is allocated",
        date(2026, 5, 1),
        r#"{"paid_vnd":60000000,"owed":{"hi":{"contribution_vnd":40000000,"interest_vnd":1000000},"ui":{"contribution_vnd":10000000},"si":{"contribution_vnd":50000000}}}"#,
    ),
    description(
        "employer.fine",
        "Mức phạt trốn đóng, và khi nào bị xử lý hình sự",
        "Fine for evasion, and when it is a crime",
        date(2026, 1, 10),
        r#"{"owed_vnd":50000000,"is_organization":true,"months":6,"workers":10,"by_fraud":true,"fined_before":true}"#,
    ),
    description(
        "employer.household_business",
        "Chủ hộ kinh doanh đóng BHXH bắt buộc, BHYT",
        "What owners of household businesses pay",
        date(2026, 7, 1),
        r#"{"wage_vnd":10000000}"#,
    ),
    description(
        "employer.late_interest",
        "Lãi chậm đóng đến 30/6/2025",
        "Interest on late payment until 2025-06-30",
        date(2025, 6, 30),
        r#"{"debts":[{"interest_on":"fund_return","debt_vnd":1000000,"yearly_rate":"6%","months":1}]}"#,
    ),
    description(
        "employer.late_payment",
        "Chậm đóng, trốn đóng: số ngày và số tiền 0,03% mỗi ngày",
        "Late payment and evasion: days, and 0.03 % per day",
        date(2026, 3, 3),
        r#"{"owed_vnd":100000000,"deadline":"2025-12-31","reminded_on":"2026-02-14"}"#,
    ),
    description(
        "employer.missing_months",
        "Đóng một lần cho số tháng bắt buộc còn thiếu",
        "Paying missing compulsory months at once",
        date(2025, 7, 1),
        r#"{"months":6,"wage_vnd":5000000}"#,
    ),
    description(
        "employer.rates",
        "Người sử dụng lao động và người lao động đóng mỗi tháng",
        "What employer and worker pay per month",
        date(2026, 1, 1),
        r#"{"wage_vnd":60000000,"minimum_wage_vnd":2000000}"#,
    ),
    description(
        "household_hi.card",
        "Thẻ BHYT hộ gia đình có giá trị từ ngày nào",
        "From when to when a household card holds",
        date(2026, 7, 5),
        r#"{"months":12,"is_first":true}"#,
    ),
    description(
        "household_hi.consecutive",
        "BHYT 5 năm liên tục: đủ từ ngày nào",
        "Five consecutive years of health insurance",
        date(2026, 1, 1),
        r#"{"cards":[{"from":"2021-01-01","until":"2023-12-31"},{"from":"2024-01-01","until":"2026-12-31"}]}"#,
    ),
    description(
        "household_hi.contribution",
        "Hộ gia đình đóng BHYT",
        "What a household pays for health insurance",
        date(2026, 7, 1),
        r#"{"months":12,"members":[{},{},{"groups":["pupil"]},{}]}"#,
    ),
    description(
        "household_hi.copayments",
        "Số tiền đã cùng chi trả trong năm",
        "Co-payments of the year",
        date(2026, 7, 2),
        r#"{"copaid":[{"paid_on":"2026-01-01","amount_vnd":7020000},{"paid_on":"2026-07-01","amount_vnd":90000}]}"#,
    ),
    description(
        "household_hi.thresholds",
        "Mức hưởng BHYT và các ngưỡng cùng chi trả",
        "Benefit levels and limits of co-payment",
        date(2026, 7, 1),
        r#"{}"#,
    ),
    description(
        "household_hi.visit",
        "Một lần khám chữa bệnh: BHYT trả bao nhiêu",
        "One visit: what health insurance pays",
        date(2026, 12, 1),
        r#"{"insured":"household","cost_vnd":10000000,"five_years_on":"2026-12-01","copaid":[{"paid_on":"2026-07-01","amount_vnd":15000000}]}"#,
    ),
    description(
        "maternity.allowance",
        "Trợ cấp thai sản của BHXH tự nguyện",
        "Maternity allowance of voluntary social insurance",
        date(2026, 1, 1),
        r#"{"claimant":"father","months_paid_in_the_year_before":12,"children":2}"#,
    ),
    description(
        "own_allowance.allowance",
        "Trợ cấp hằng tháng từ đóng góp của mình",
        "Monthly allowance from one's own contributions",
        date(2026, 7, 1),
        r#"{"born":"1966-04","sex":"man","months":96,"average_vnd":3000000,"poor_or_near_poor":true}"#,
    ),
    description(
        "pension.amount",
        "Lương hưu từ mức bình quân thu nhập đã biết",
        "Pension from a known average income",
        date(2026, 7, 1),
        r#"{"sex":"woman","months":240,"compulsory_months":240,"average_vnd":2000000}"#,
    ),
    description(
        "pension.average",
        "Mức bình quân thu nhập có hệ số điều chỉnh",
        "Average income with coefficients",
        date(2026, 1, 1),
        r#"{"career":{"spans":[{"from":"1996-01","to":"1996-12","income_vnd":1000000,"scheme":"compulsory_si"}]}}"#,
    ),
    description(
        "pension.of_career",
        "Lương hưu của cả quá trình đóng",
        "Pension of a working life",
        date(2026, 6, 15),
        r#"{"born":"1969-05-20","sex":"woman","career":{"spans":[{"from":"2009-01","to":"2025-12","income_vnd":2000000}]}}"#,
    ),
    description(
        "pension.rate",
        "Tỷ lệ hưởng lương hưu",
        "Rate of the pension",
        date(2026, 1, 1),
        r#"{"sex":"woman","months":300,"compulsory_months":300,"early":{"age":"55y2m","normal_age":"57y"}}"#,
    ),
    description(
        "retirement.age",
        "Tuổi nghỉ hưu",
        "Retirement age",
        date(2026, 7, 1),
        r#"{"born":"1966-01","sex":"woman"}"#,
    ),
    description(
        "retirement.entitlement",
        "Khi nào được hưởng lương hưu, còn thiếu gì",
        "When there is a pension, and what is missing",
        date(2026, 7, 1),
        r#"{"born":"1964-01","sex":"man","voluntary_months":119,"joined_voluntary":"2016-08","last_paid":"2026-06"}"#,
    ),
    description(
        "retirement.schedule",
        "Lộ trình tăng tuổi nghỉ hưu",
        "Schedule of the retirement age",
        date(2026, 7, 1),
        r#"{"sex":"woman","year":2026}"#,
    ),
    description(
        "social_pension.amount",
        "Trợ cấp hưu trí xã hội",
        "Social pension",
        date(2026, 3, 15),
        r#"{"born":"1956-03-15","poor_or_near_poor":true}"#,
    ),
    description(
        "tables.curve",
        "Đường đóng và hưởng theo tuổi",
        "Payment and pension over a life",
        date(2026, 7, 1),
        r#"{"born":"1986-03","sex":"woman","further":{"income_vnd":1500000},"until_age":80}"#,
    ),
    description(
        "tables.leaflet",
        "Bảng đóng bao nhiêu, hưởng bao nhiêu",
        "Table of what is paid and what it brings",
        date(2026, 7, 1),
        r#"{"years":[15,20,30],"incomes_vnd":[1500000,3000000],"categories":["other","poor"]}"#,
    ),
    description(
        "voluntary_si.changes",
        "Đổi mức đóng, phương thức đóng giữa kỳ",
        "Changing income or mode within a period",
        date(2025, 7, 1),
        r#"{"first_month":"2025-07","months":12,"entitled_to_missing_period":"2025-09"}"#,
    ),
    description(
        "voluntary_si.late_payment",
        "Đóng bù BHXH tự nguyện, đến 30/6/2025",
        "Late voluntary contributions, until 2025-06-30",
        date(2025, 6, 30),
        r#"{"due_vnd":1000000,"late_months":3}"#,
    ),
    description(
        "voluntary_si.limits",
        "Mức thu nhập thấp nhất và cao nhất được chọn",
        "Lowest and highest income that may be chosen",
        date(2026, 7, 1),
        r#"{}"#,
    ),
    description(
        "voluntary_si.missing_period",
        "Đóng BHXH tự nguyện một lần cho thời gian còn thiếu",
        "Paying the missing period at once",
        date(2026, 3, 1),
        r#"{"income_vnd":1500000,"paid_months":120,"age_reached":"2026-03"}"#,
    ),
    description(
        "voluntary_si.payment",
        "Mức đóng BHXH tự nguyện và hỗ trợ của Nhà nước",
        "Voluntary contribution and the State's support",
        date(2026, 7, 1),
        r#"{"income_vnd":3000000,"mode":"twelve_months","categories":["near_poor"]}"#,
    ),
    description(
        "voluntary_si.prepaid",
        "Đóng BHXH tự nguyện trước nhiều năm",
        "Paying years ahead",
        date(2026, 3, 1),
        r#"{"income_vnd":1500000,"years":2}"#,
    ),
    description(
        "voluntary_si.refund_of_prepaid",
        "Hoàn trả tiền đóng trước nhiều năm",
        "Refund of years paid ahead",
        date(2026, 12, 31),
        r#"{"reason":"withdrawal","income_vnd":1500000,"years":2,"first_month":"2026-01","paid_on":"2026-01-05","unused_from":"2027-01"}"#,
    ),
    description(
        "voluntary_si.refund_of_regular",
        "Hoàn trả tiền của kỳ đang đóng",
        "Refund of the running period",
        date(2026, 1, 10),
        r#"{"reason":"death","income_vnd":1500000,"mode":"twelve_months","first_month":"2025-07","paid_on":"2025-07-05","unused_from":"2026-02","categories":["near_poor"]}"#,
    ),
    description(
        "withdrawal.amount",
        "BHXH một lần: được nhận bao nhiêu",
        "One-time withdrawal: how much",
        date(2026, 9, 1),
        r#"{"reason":"settling_abroad","career":{"spans":[{"from":"2025-07","to":"2026-06","income_vnd":1500000,"categories":["poor"]}]}}"#,
    ),
    description(
        "withdrawal.loss",
        "BHXH một lần: mất gì",
        "One-time withdrawal: what is lost",
        date(2026, 7, 1),
        r#"{"reason":"stopped_paying","career":{"spans":[{"from":"2013-07","to":"2025-06","income_vnd":2000000}]}}"#,
    ),
    description(
        "withdrawal.pensioner_abroad",
        "Người hưởng lương hưu ra nước ngoài định cư, đến 30/6/2025",
        "Pensioners who settle abroad, until 2025-06-30",
        date(2025, 6, 30),
        r#"{"months_before_2014":264,"months_from_2014":24,"pension_vnd":4000000,"months_drawn":100}"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Law;
    use crate::calculators::{CALCULATORS, CalculatorError};

    #[test]
    fn every_calculator_is_described_with_an_input_that_has_an_answer() {
        let names: Vec<&str> = DESCRIPTIONS.iter().map(|one| one.name).collect();
        let known: Vec<&str> = CALCULATORS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, known);
        for ((name, calculator), described) in CALCULATORS.iter().zip(DESCRIPTIONS) {
            let input = serde_json::from_str(described.example).unwrap();
            match calculator(Law::embedded(), described.on, &input) {
                Ok(_) => {}
                // No return of a year before 2026 is compiled in.
                Err(CalculatorError::Policy(error)) if error.code() == "fund_return.missing" => {
                    assert_eq!(*name, "voluntary_si.late_payment");
                }
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }
}
