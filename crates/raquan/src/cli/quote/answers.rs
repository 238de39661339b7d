//! What each answer says first: its big figures.

use domain::vietnamese;
use policy::calculators::DESCRIPTIONS;
use policy::household_hi::Contribution;
use policy::pension::CareerPension;
use policy::retirement::{Choice, Entitlement};
use policy::voluntary_si::{MissingPeriodPayment, Payment, PrepaidPayment, Support};
use policy::withdrawal::WithdrawalLoss;
use policy::{AmountVnd, Language, Value};

use super::page::Page;

/// A regular payment of voluntary social insurance.
pub fn payment(page: &mut Page, income: AmountVnd, found: &Payment) {
    page.title("Đóng BHXH tự nguyện", "Paying voluntary social insurance");
    page.heading("Kết quả", "Result");
    page.amount("Mức thu nhập chọn", "Chosen income", income);
    page.amount(
        "Mức đóng mỗi tháng",
        "Contribution per month",
        found.monthly_vnd,
    );
    let (first, last) = (page.show(found.first_month), page.show(found.last_month));
    page.row(
        "Kỳ đóng",
        "Period",
        &format!("{first} – {last} ({})", found.months),
    );
    page.amount(
        "Số tiền đóng của kỳ",
        "Contribution of the period",
        found.contribution_vnd,
    );
    support(page, &found.support);
    page.result(
        "Người tham gia đóng",
        "The participant pays",
        found.payer_vnd,
    );
    let by = page.show(Value::Date(found.pay_by.last_day()));
    page.row("Hạn đóng", "To be paid by", &by);
}

fn support(page: &mut Page, support: &Support) {
    page.amount("Nhà nước hỗ trợ", "The State adds", support.state_vnd);
    if support.local_vnd > AmountVnd::ZERO {
        page.amount(
            "Tỉnh, thành phố hỗ trợ thêm",
            "The province adds",
            support.local_vnd,
        );
    }
}

/// Years ahead.
pub fn prepaid(page: &mut Page, found: &PrepaidPayment) {
    page.title(
        "Đóng BHXH tự nguyện trước nhiều năm",
        "Paying voluntary social insurance ahead",
    );
    page.heading("Kết quả", "Result");
    let (first, last) = (page.show(found.first_month), page.show(found.last_month));
    page.row(
        "Thời gian đóng",
        "Period",
        &format!("{first} – {last} ({})", found.months),
    );
    page.amount(
        "Số tiền đóng một lần",
        "Contribution at once",
        found.contribution_vnd,
    );
    page.amount(
        "Đã giảm so với đóng hằng tháng",
        "Less than monthly by",
        found.discount_vnd,
    );
    support(page, &found.support);
    page.result(
        "Người tham gia đóng",
        "The participant pays",
        found.payer_vnd,
    );
}

/// Missing months at once.
pub fn missing_period(page: &mut Page, found: &MissingPeriodPayment) {
    page.title(
        "Đóng một lần cho thời gian còn thiếu",
        "Paying the missing period at once",
    );
    page.heading("Kết quả", "Result");
    page.row(
        "Số tháng còn thiếu",
        "Missing months",
        &found.months.to_string(),
    );
    page.amount(
        "Số tiền đóng một lần",
        "Contribution at once",
        found.contribution_vnd,
    );
    support(page, &found.support);
    page.result(
        "Người tham gia đóng",
        "The participant pays",
        found.payer_vnd,
    );
}

/// A household.
pub fn household(page: &mut Page, found: &Contribution) {
    page.title("Đóng BHYT hộ gia đình", "Health insurance of a household");
    page.heading("Kết quả", "Result");
    for (at, member) in found.members.iter().enumerate() {
        let amount = page.vnd(member.payer_vnd);
        let named = member.group.map(|group| match page.language {
            Language::Vi => group.names().0,
            Language::En => group.names().1,
        });
        match (named, member.order, page.language) {
            (Some(group), ..) => page.row(
                &format!("Người {}: {group}", at + 1),
                &format!("Person {}: {group}", at + 1),
                &amount,
            ),
            (None, order, _) => {
                let order = order.unwrap_or_default();
                page.row(
                    &format!("Người {}: thứ {order} của hộ", at + 1),
                    &format!("Person {}: number {order} of the household", at + 1),
                    &amount,
                );
            }
        }
    }
    page.amount("Nhà nước hỗ trợ", "The State adds", found.state_vnd);
    page.result("Cả hộ đóng", "The household pays", found.payer_vnd);
    let until = page.show(found.paid_until);
    let months = found.months.to_string();
    page.row("Số tháng", "Months", &months);
    page.row("Đến hết ngày", "Until the end of", &until);
}

/// A pension.
pub fn pension(page: &mut Page, found: &CareerPension) {
    let pension = &found.pension;
    page.title("Lương hưu", "Pension");
    page.heading("Kết quả", "Result");
    page.result(
        "Lương hưu mỗi tháng",
        "Pension per month",
        pension.pension_vnd,
    );
    let (starts, age) = (page.show(found.starts), page.show(found.age));
    page.row("Từ tháng", "From", &starts);
    page.row("Khi", "At", &age);
    let rate = page.show(pension.rate.rate);
    page.row("Tỷ lệ hưởng", "Rate", &rate);
    page.amount(
        "Mức bình quân thu nhập",
        "Average income",
        pension.average_vnd,
    );
    let allowance = pension.one_time_allowance.amount_vnd;
    if allowance > AmountVnd::ZERO {
        page.amount(
            "Trợ cấp một lần khi nghỉ hưu",
            "One-time allowance on retiring",
            allowance,
        );
    }
    if let Some(card) = pension.health_card_vnd {
        page.amount(
            "Thẻ BHYT, quỹ BHXH đóng mỗi tháng",
            "Health card, paid by the fund per month",
            card,
        );
    }
}

/// A withdrawal and what it loses.
pub fn withdrawal(page: &mut Page, found: &WithdrawalLoss) {
    let withdrawal = &found.withdrawal;
    page.title("BHXH một lần", "One-time withdrawal");
    page.heading("Kết quả", "Result");
    page.result("Được nhận", "Paid out", withdrawal.amount_vnd);
    page.amount(
        "Bị trừ phần Nhà nước đã hỗ trợ",
        "Deducted, as the State had paid it",
        withdrawal.deducted_vnd,
    );
    page.heading("Mất", "Lost");
    page.row(
        "Số tháng đóng bị xóa",
        "Months that are deleted",
        &found.months_deleted.to_string(),
    );
    page.amount(
        "Đã đóng nhiều hơn được nhận",
        "Paid more than paid out",
        found.lost_vnd,
    );
    if let Some(funeral) = found.funeral_allowance_vnd {
        page.amount("Trợ cấp mai táng", "Funeral allowance", funeral);
    }
    let missing = found.months_missing_for_pension.to_string();
    page.row(
        "Giữ lại thì chỉ còn thiếu để có lương hưu (tháng)",
        "Months missing for a pension if kept",
        &missing,
    );
}

/// Age and months.
pub fn retirement(page: &mut Page, found: &Entitlement) {
    page.title("Tuổi nghỉ hưu", "Retirement age");
    page.heading("Kết quả", "Result");
    let (age, reached) = (page.show(found.age), page.show(found.age_reached));
    page.row("Tuổi nghỉ hưu", "Retirement age", &age);
    page.row("Đủ tuổi trong tháng", "Reached in", &reached);
    let (months, minimum) = (found.months, found.minimum_months);
    page.row(
        "Đã đóng / cần đóng (tháng)",
        "Months paid / needed",
        &format!("{months} / {minimum}"),
    );
    match found.pension_from {
        Some(from) => {
            let from = page.show(from);
            page.row("Lương hưu từ tháng", "Pension from", &from);
        }
        None => page.row(
            "Còn thiếu (tháng)",
            "Missing months",
            &found.missing_months.to_string(),
        ),
    }
    if found.choices.is_empty() {
        return;
    }
    page.heading("Có thể làm", "What may be done");
    for choice in &found.choices {
        let (vi, en) = match choice {
            Choice::ContinueVoluntary => (
                "Đóng tiếp BHXH tự nguyện cho đủ",
                "Go on with voluntary social insurance",
            ),
            Choice::BuyMissingPeriod => (
                "Đóng một lần cho thời gian còn thiếu",
                "Pay the missing period at once",
            ),
            Choice::KeepYears => ("Bảo lưu thời gian đã đóng", "Keep the years"),
            Choice::OwnAllowance => (
                "Hưởng trợ cấp hằng tháng từ đóng góp của mình",
                "The monthly allowance from one's own contributions",
            ),
            Choice::WithdrawAfterStopping => (
                "Hưởng một lần sau 12 tháng ngừng đóng",
                "Withdraw after 12 months without paying",
            ),
        };
        let line = page.say(vi, en).to_owned();
        page.item(&line);
    }
}

/// Any answer: its fields.
pub fn any(page: &mut Page, calculator: &str, value: &serde_json::Value) {
    let described = DESCRIPTIONS.iter().find(|one| one.name == calculator);
    let (vi, en) = described.map_or((calculator, calculator), |one| (one.vi, one.en));
    page.title(vi, en);
    page.heading("Kết quả", "Result");
    fields(page, 1, value);
}

fn fields(page: &mut Page, depth: usize, value: &serde_json::Value) {
    let indent = "  ".repeat(depth);
    let nested = |inner: &serde_json::Value| inner.is_object() || inner.is_array();
    match value {
        serde_json::Value::Object(entries) => {
            for (key, inner) in entries {
                if nested(inner) {
                    page.plain(&format!("{indent}{key}:"));
                    fields(page, depth + 1, inner);
                } else {
                    let shown = scalar(page.language, key, inner);
                    let width = 48_usize.saturating_sub(indent.len());
                    page.plain(&format!("{indent}{key:<width$}{shown:>20}"));
                }
            }
        }
        serde_json::Value::Array(items) => {
            for inner in items {
                if nested(inner) {
                    page.plain(&format!("{indent}-"));
                    fields(page, depth + 1, inner);
                } else {
                    page.plain(&format!("{indent}- {}", scalar(page.language, "", inner)));
                }
            }
        }
        other => {
            let shown = scalar(page.language, "", other);
            page.plain(&format!("{indent}{shown}"));
        }
    }
}

fn scalar(language: Language, key: &str, value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "–".to_owned(),
        serde_json::Value::Bool(yes) => Value::Is(*yes).render(language),
        serde_json::Value::Number(number) => {
            let shown = match (number.as_i64(), language) {
                (Some(whole), Language::Vi) => vietnamese::number(whole),
                (Some(whole), Language::En) => Value::Count(whole).render(Language::En),
                (None, _) => number.to_string(),
            };
            match key.ends_with("_vnd") {
                true => format!("{shown} đồng"),
                false => shown,
            }
        }
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
