//! Methods that the law began, ended or replaced, with their first day. Numbers are not here: they are in the parameters.

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::LAWS_2024;

/// A method that is otherwise from a day on.
#[derive(Copy, Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleChange {
    /// First day.
    pub on: Date,
    /// Area of the law, one of [`crate::parameters::AREAS`].
    pub area: &'static str,
    /// What is otherwise, in Vietnamese.
    pub vi: &'static str,
    /// What is otherwise, in English.
    pub en: &'static str,
    /// Instrument and article.
    pub reference: &'static str,
}

const fn change(
    on: Date,
    area: &'static str,
    reference: &'static str,
    vi: &'static str,
    en: &'static str,
) -> RuleChange {
    RuleChange {
        on,
        area,
        vi,
        en,
        reference,
    }
}

/// All, in order of their days. A new method is a line here.
pub const RULE_CHANGES: &[RuleChange] = &[
    change(
        date(2018, 12, 1),
        "household_hi",
        "Nghị định 146/2018/NĐ-CP, Điều 10 khoản 3",
        "BHYT hộ gia đình: lương cơ sở đổi trong kỳ đã đóng thì không đóng thêm, không hoàn trả",
        "Household health insurance: a change of the base salary leaves a paid period as it is",
    ),
    change(
        date(2021, 1, 1),
        "retirement",
        "Bộ luật Lao động 45/2019/QH14, Điều 169 khoản 2; Nghị định 135/2020/NĐ-CP, Điều 4, Phụ lục I",
        "Tuổi nghỉ hưu: tăng dần theo tháng sinh, không còn một tuổi chung cho nam và một tuổi chung cho nữ",
        "Retirement age: it rises with the month of birth in place of one age for all men and one for all women",
    ),
    change(
        date(2021, 1, 1),
        "retirement",
        "Nghị định 135/2020/NĐ-CP; Nghị định 158/2025/NĐ-CP, Điều 12 khoản 2",
        "Tuổi nghỉ hưu: không rõ ngày, tháng sinh thì lấy ngày 01/01 của năm sinh, không phải năm sau năm đủ tuổi",
        "Retirement age: with day and month of birth unknown 1 January of the birth year counts, not the year after the age is reached",
    ),
    change(
        date(2025, 1, 1),
        "health_insurance",
        "Luật 51/2024/QH15, Điều 22 khoản 4, khoản 5, Điều 3 khoản 2, khoản 3",
        "BHYT: mức hưởng theo cấp chuyên môn khi khám không đúng nơi đăng ký",
        "Health insurance: benefits outside the registered place follow the levels of care",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Nghị định 159/2025/NĐ-CP",
        "BHXH tự nguyện: chọn bất kỳ mức thu nhập nào trong giới hạn, không còn bậc",
        "Voluntary SI: any income within the limits may be chosen, there are no steps",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1",
        "BHXH tự nguyện: thêm nhóm xã đảo, đặc khu và nhóm dân tộc thiểu số được hỗ trợ riêng",
        "Voluntary SI: island communes with special zones and ethnic minorities are supported as groups of their own",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Nghị định 159/2025/NĐ-CP, Điều 7",
        "BHXH tự nguyện: hỗ trợ khi đóng một lần cho thời gian thiếu tính theo số tháng, không cộng lãi",
        "Voluntary SI: support for a missing period paid at once counts months, without return",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Luật 41/2024/QH15, Điều 36 khoản 3 điểm e",
        "BHXH tự nguyện: được đóng một lần cho thời gian thiếu từ tháng trước tháng đủ tuổi; phải chờ hết kỳ đang đóng",
        "Voluntary SI: a missing period may be paid from the month before the age is reached; a running block must end first",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Nghị định 159/2025/NĐ-CP, Điều 8 khoản 1",
        "BHXH tự nguyện: hoàn trả phần đã đóng trước cả khi hưởng lương hưu",
        "Voluntary SI: what was paid ahead is refunded on drawing a pension too",
    ),
    change(
        LAWS_2024,
        "voluntary_si",
        "Luật 41/2024/QH15, Nghị định 159/2025/NĐ-CP",
        "BHXH tự nguyện: không còn đóng bù có lãi; quá hạn là tạm dừng đóng",
        "Voluntary SI: no late payment with interest any more; a missed deadline is a suspension",
    ),
    change(
        LAWS_2024,
        "health_insurance",
        "Luật 51/2024/QH15, Điều 13 khoản 5 điểm e, điểm g",
        "BHYT: người thuộc nhóm được hỗ trợ mức đóng được chọn đóng theo hộ gia đình; thuộc nhiều nhóm thì hưởng mức hỗ trợ cao nhất",
        "Health insurance: who is in a supported group may choose to pay as a member of the household; of several groups the highest support counts",
    ),
    change(
        LAWS_2024,
        "late_payment",
        "Luật 41/2024/QH15, Điều 38 đến Điều 41, Điều 141 khoản 12",
        "Chậm đóng, trốn đóng: 0,03% mỗi ngày thay cho lãi theo tháng; nợ cũ xử lý theo quy định mới",
        "Late payment and evasion: 0.03 % per day in place of monthly interest; old debts follow the new rules",
    ),
    change(
        LAWS_2024,
        "compulsory",
        "Luật 41/2024/QH15, Điều 31 khoản 1, Điều 33 khoản 4, khoản 7",
        "BHXH bắt buộc: chủ hộ kinh doanh tự chọn mức đóng; thiếu đến 6 tháng được đóng một lần",
        "Compulsory SI: owners of household businesses choose their wage; up to 6 missing months may be paid at once",
    ),
    change(
        LAWS_2024,
        "pension",
        "Thông tư 11/2025/TT-BNV, Điều 5 khoản 4",
        "Lương hưu: người chỉ đủ theo số năm tối thiểu mới hưởng sớm nhất từ 01/7/2025",
        "Pension: who is long enough by the new minimum only draws it from 2025-07-01 at the earliest",
    ),
    change(
        LAWS_2024,
        "pension",
        "Nghị định 159/2025/NĐ-CP, Điều 11 khoản 2",
        "Lương hưu: có cả hai thời gian và đủ số năm bắt buộc thì theo điều kiện của chế độ bắt buộc",
        "Pension: with both schemes and enough compulsory years the conditions of the compulsory scheme hold",
    ),
    change(
        LAWS_2024,
        "pension",
        "Luật 41/2024/QH15, Điều 99 khoản 1",
        "Lương hưu: nam đóng từ 15 đến dưới 20 năm có tỷ lệ riêng",
        "Pension: men with 15 to under 20 years have a scale of their own",
    ),
    change(
        LAWS_2024,
        "pension",
        "Luật 41/2024/QH15, Điều 99 khoản 3",
        "Lương hưu: có thời gian đóng theo điều ước quốc tế và dưới 15 năm ở Việt Nam thì tính theo từng năm đóng ở Việt Nam",
        "Pension: with treaty periods and under 15 Vietnamese years each Vietnamese year gives a rate",
    ),
    change(
        LAWS_2024,
        "pension",
        "Luật 41/2024/QH15, Điều 66 khoản 3",
        "Lương hưu: nghỉ trước tuổi, phần lẻ là của thời gian nghỉ sớm (từ 6 tháng), không phải tháng lẻ của tuổi (đến 6 tháng)",
        "Pension: retiring early, the odd part is that of the time before the age (from 6 months), not the odd months of the age (up to 6)",
    ),
    change(
        LAWS_2024,
        "pension",
        "Nghị định 159/2025/NĐ-CP, Điều 10 khoản 3",
        "Lương hưu: tháng đóng một lần cho thời gian còn thiếu có hệ số riêng, không theo năm đóng",
        "Pension: months bought for a missing period have a coefficient of their own, not that of the year of payment",
    ),
    change(
        LAWS_2024,
        "pension",
        "Luật 41/2024/QH15, Điều 100",
        "Lương hưu: trợ cấp một lần tính riêng các năm đóng sau tuổi nghỉ hưu",
        "Pension: the one-time allowance counts years paid after the retirement age apart",
    ),
    change(
        LAWS_2024,
        "pension",
        "Luật 41/2024/QH15, Điều 141 khoản 11; Nghị định 159/2025/NĐ-CP, Điều 11 khoản 3",
        "Lương hưu: đủ 20 năm bắt buộc mà thấp hơn mức tham chiếu thì được nâng bằng mức tham chiếu",
        "Pension: with 20 compulsory years it is lifted to the reference level",
    ),
    change(
        LAWS_2024,
        "withdrawal",
        "Luật 41/2024/QH15, Điều 102 khoản 1",
        "BHXH một lần: sau 12 tháng không đóng chỉ người đã đóng trước 01/7/2025 được rút",
        "Withdrawal: after 12 months without paying only who paid before 2025-07-01 may withdraw",
    ),
    change(
        LAWS_2024,
        "withdrawal",
        "Luật 41/2024/QH15, Điều 102 khoản 1",
        "BHXH một lần: suy giảm khả năng lao động theo tỷ lệ hoặc khuyết tật đặc biệt nặng, thay cho danh mục của Bộ Y tế",
        "Withdrawal: loss of work capacity by its percentage or a very severe disability, in place of the Ministry of Health's list",
    ),
    change(
        LAWS_2024,
        "withdrawal",
        "Luật 41/2024/QH15",
        "Người hưởng lương hưu ra nước ngoài định cư: cách tính của Luật 58/2014/QH13 hết hiệu lực; cách tính mới chưa đọc được",
        "Pensioners who settle abroad: the method of Law 58/2014/QH13 ended; the new one was not read",
    ),
    change(
        LAWS_2024,
        "monthly_allowance",
        "Luật 41/2024/QH15, Điều 23; Nghị định 159/2025/NĐ-CP, Điều 14",
        "Trợ cấp hằng tháng từ đóng góp của mình cho người không đủ năm hưởng lương hưu: chế độ mới",
        "The monthly allowance from one's own contributions, for who has not enough years for a pension, begins",
    ),
    change(
        LAWS_2024,
        "social_pension",
        "Luật 41/2024/QH15, Điều 21, Điều 22",
        "Trợ cấp hưu trí xã hội thay trợ cấp xã hội của người cao tuổi không có lương hưu",
        "The social pension replaces the social assistance of older people without a pension",
    ),
    change(
        LAWS_2024,
        "death",
        "Luật 41/2024/QH15, Điều 110 khoản 2 điểm c",
        "Tuất một lần: đóng ngắn thì bằng số tiền đã đóng, không còn mức tối đa",
        "Survivors' lump sum: for a short period the amount paid, without a maximum",
    ),
    change(
        LAWS_2024,
        "maternity",
        "Luật 41/2024/QH15, Điều 94 đến Điều 97",
        "Trợ cấp thai sản của BHXH tự nguyện: chế độ mới",
        "The maternity allowance of voluntary SI begins",
    ),
    change(
        date(2025, 8, 15),
        "health_insurance",
        "Nghị định 188/2025/NĐ-CP, Điều 18 khoản 2 điểm c",
        "BHYT 5 năm liên tục: số đã cùng chi trả đổi theo mức tham chiếu mới khi mức tham chiếu thay đổi trong năm",
        "Five consecutive years of health insurance: co-payments are converted when the reference level changes within the year",
    ),
    change(
        date(2025, 11, 30),
        "late_payment",
        "Nghị định 274/2025/NĐ-CP, Điều 4 đến Điều 6",
        "Trốn đóng: ngày bắt đầu tính theo ngày đôn đốc; các trường hợp không coi là trốn đóng",
        "Evasion: its first day follows the reminder; what is not evasion",
    ),
    change(
        date(2026, 5, 1),
        "base",
        "Quyết định 366/QĐ-BHXH",
        "Quy trình thu: Quyết định 366/QĐ-BHXH thay Quyết định 595/QĐ-BHXH",
        "Collection procedure: Decision 366/QĐ-BHXH replaces Decision 595/QĐ-BHXH",
    ),
];
