//! Withdraw now, or keep the years and retire: the page for somebody who has to choose.

use policy::compare::{CompareInput, Comparison};
use policy::retirement::Sex;
use policy::withdrawal::Lost;
use policy::{AmountVnd, Language, Law, Value};

use super::page::Page;

/// What withdrawing brings now, what it loses, what keeping brings, and from which age that is more.
pub fn comparison(page: &mut Page, law: &Law, input: &CompareInput, found: &Comparison) {
    page.title(
        "Rút BHXH một lần, hay giữ lại để hưởng lương hưu?",
        "Withdraw now, or keep the years and retire?",
    );
    who(page, input, found);
    withdraw(page, found);
    lost(page, law, found);
    keep(page, found);
    ages(page, found);
}

fn who(page: &mut Page, input: &CompareInput, found: &Comparison) {
    let months = found.withdraw.loss.months_deleted;
    let years = years_and_months(page, months);
    let born = page.show(input.born.month());
    let line = match (input.sex, page.language) {
        (Sex::Woman, Language::Vi) => format!("Nữ sinh {born}, đã đóng {years}."),
        (Sex::Man, Language::Vi) => format!("Nam sinh {born}, đã đóng {years}."),
        (Sex::Woman, Language::En) => format!("A woman born in {born} with {years} paid."),
        (Sex::Man, Language::En) => format!("A man born in {born} with {years} paid."),
    };
    page.plain("");
    page.line(&line);
}

fn years_and_months(page: &Page, months: u32) -> String {
    let (years, rest) = (months / 12, months % 12);
    match (years, rest) {
        (0, rest) => format!("{rest} {}", page.say("tháng", "months")),
        (years, 0) => format!("{years} {}", page.say("năm", "years")),
        (years, rest) => format!(
            "{years} {} {rest} {}",
            page.say("năm", "years"),
            page.say("tháng", "months")
        ),
    }
}

fn withdraw(page: &mut Page, found: &Comparison) {
    let withdrawal = &found.withdraw.loss.withdrawal;
    page.heading("Nếu rút ngay bây giờ", "Withdrawing now");
    if let Some(refusal) = &found.withdraw.refused {
        let why = page
            .say(&refusal.message_vi, &refusal.message_en)
            .to_owned();
        let line = page.say(
            "CHƯA ĐƯỢC RÚT; số tiền dưới đây chỉ để so sánh. Lý do: ",
            "NOT ALLOWED YET; the amount is for comparison only. Why: ",
        );
        page.line(&format!("{line}{why}"));
    }
    page.result("Được nhận một lần", "Paid out once", withdrawal.amount_vnd);
    page.amount(
        "Đã đóng (gồm cả Nhà nước hỗ trợ)",
        "Was paid (with the State's support)",
        withdrawal.paid_vnd,
    );
    if withdrawal.deducted_vnd > AmountVnd::ZERO {
        page.amount(
            "Bị trừ phần Nhà nước đã hỗ trợ",
            "Deducted, as the State had paid it",
            withdrawal.deducted_vnd,
        );
    }
}

fn lost(page: &mut Page, law: &Law, found: &Comparison) {
    page.heading("Và mất", "And losing");
    for lost in &found.withdraw.loss.lost {
        let what = right(page, found, *lost);
        let parameter = lost.parameter().map(|id| law.parameter(id));
        let article = parameter.and_then(|parameter| parameter.entry_on(page.on));
        match article {
            Some(entry) => page.item(&format!("{what} ({})", entry.source.reference)),
            None => page.item(&what),
        }
    }
    let rate = |rate| page.show(Value::Number(rate));
    let loss = &found.withdraw.loss;
    let (paid, returned) = (rate(loss.paid_per_year), rate(loss.returned_per_year));
    let gone = rate(loss.lost_per_year);
    let line = match page.language {
        Language::Vi => format!(
            "Mỗi năm đóng {paid} tháng thu nhập, rút chỉ được {returned} tháng: mất {gone} tháng"
        ),
        Language::En => format!(
            "Each year {paid} months of income are paid and {returned} returned: {gone} are lost"
        ),
    };
    page.item(&line);
}

/// A right that ends, with what it is worth.
fn right(page: &Page, found: &Comparison, lost: Lost) -> String {
    let (loss, keep) = (&found.withdraw.loss, &found.keep);
    let pension = &keep.pension.pension;
    match (lost, page.language) {
        (Lost::Pension, language) => {
            let monthly = page.vnd(pension.pension_vnd);
            let from = page.show(keep.pension.starts);
            match language {
                Language::Vi => {
                    format!("Lương hưu {monthly} mỗi tháng đến hết đời, từ tháng {from}")
                }
                Language::En => format!("A pension of {monthly} a month for life, from {from}"),
            }
        }
        (Lost::HealthCard, language) => {
            let card = page.say(
                "Thẻ BHYT do quỹ BHXH đóng suốt thời gian hưởng lương hưu",
                "The pensioner's health card, paid by the fund",
            );
            match (pension.health_card_vnd, language) {
                (None, _) => card.to_owned(),
                (Some(worth), Language::Vi) => {
                    format!("{card}, trị giá {} mỗi tháng", page.vnd(worth))
                }
                (Some(worth), Language::En) => format!("{card}, worth {} a month", page.vnd(worth)),
            }
        }
        (Lost::FuneralAllowance, language) => {
            let amount = page.vnd(loss.funeral_allowance_vnd.unwrap_or_default());
            match language {
                Language::Vi => format!("Trợ cấp mai táng {amount} cho thân nhân"),
                Language::En => format!("A funeral allowance of {amount} for the family"),
            }
        }
        (Lost::SurvivorsLumpSum, _) => page
            .say(
                "Trợ cấp tuất một lần cho thân nhân",
                "The survivors' lump sum for the family",
            )
            .to_owned(),
        (Lost::StateSupport, language) => {
            let kept = page.vnd(keep.state_support_kept_vnd);
            match language {
                Language::Vi => format!(
                    "Tiền Nhà nước hỗ trợ: giữ lại và đóng tiếp thì được {kept}, rút thì bị trừ hết"
                ),
                Language::En => format!(
                    "The State's support: {kept} if kept and continued, nothing if withdrawn"
                ),
            }
        }
        (Lost::Years, language) => {
            let years = years_and_months(page, loss.months_deleted);
            match language {
                Language::Vi => format!("{years} đã đóng bị xóa: tham gia lại thì tính từ đầu"),
                Language::En => {
                    format!("{years} of contributions are deleted: joining again starts from zero")
                }
            }
        }
    }
}

fn keep(page: &mut Page, found: &Comparison) {
    let keep = &found.keep;
    let pension = &keep.pension.pension;
    page.heading(
        "Nếu giữ lại và hưởng lương hưu",
        "Keeping the years and retiring",
    );
    page.result(
        "Lương hưu mỗi tháng",
        "Pension per month",
        pension.pension_vnd,
    );
    let (rate, from) = (page.show(pension.rate.rate), page.show(keep.pension.starts));
    let age = page.show(keep.pension.age);
    let starts = match page.language {
        Language::Vi => format!("Từ tháng {from}, khi {age}; bằng {rate} mức bình quân thu nhập"),
        Language::En => format!("From {from}, at {age}; {rate} of the average income"),
    };
    page.line(&starts);
    if pension.one_time_allowance.amount_vnd > AmountVnd::ZERO {
        page.amount(
            "Trợ cấp một lần khi nghỉ hưu",
            "One-time allowance on retiring",
            pension.one_time_allowance.amount_vnd,
        );
    }
    if let Some(further) = keep.further {
        let (from, to) = (page.show(further.from), page.show(further.to));
        let monthly = page.vnd(further.monthly_vnd);
        let (months, supported) = (further.months, further.state_support.months);
        let line = match page.language {
            Language::Vi => format!(
                "Phải đóng tiếp {months} tháng ({from}–{to}), mỗi tháng {monthly}, Nhà nước hỗ trợ {supported} tháng"
            ),
            Language::En => format!(
                "{months} further months are paid ({from} to {to}), {monthly} a month, {supported} of them supported by the State"
            ),
        };
        page.line(&line);
        page.amount(
            "Tự đóng thêm tất cả",
            "All further payments",
            further.payer_vnd,
        );
    }
}

fn ages(page: &mut Page, found: &Comparison) {
    page.heading(
        "Từ tuổi nào giữ lại có lợi hơn?",
        "From which age is keeping better?",
    );
    let line = match (&found.break_even, page.language) {
        (Some(even), Language::Vi) => format!(
            "Từ {} (tháng {}), sau {} tháng lương hưu: từ đó mỗi tháng thêm một lần lương hưu.",
            page.show(even.age),
            page.show(even.month),
            even.months_of_pension
        ),
        (Some(even), Language::En) => format!(
            "From {} ({}), after {} months of pension; each month after that is a further pension.",
            page.show(even.age),
            page.show(even.month),
            even.months_of_pension
        ),
        (None, Language::Vi) => "Giữ lại không nhiều hơn rút trước 120 tuổi.".to_owned(),
        (None, Language::En) => "Keeping does not bring more before 120.".to_owned(),
    };
    page.line(&line);
    if let Some(social) = found.social_pension {
        let (monthly, from) = (page.vnd(social.monthly_vnd), page.show(social.from));
        let line = match page.language {
            Language::Vi => format!(
                "Bên rút đã cộng trợ cấp hưu trí xã hội {monthly} mỗi tháng từ tháng {from}."
            ),
            Language::En => format!(
                "The side of withdrawing includes the social pension of {monthly} a month from {from}."
            ),
        };
        page.line(&line);
    }
    if found.at_ages.is_empty() {
        return;
    }
    let head = [
        page.say("đến hết tuổi", "until the age of"),
        page.say("giữ lại (đồng)", "kept (đồng)"),
        page.say("rút ngay (đồng)", "withdrawn (đồng)"),
        page.say("giữ hơn rút", "kept less withdrawn"),
    ];
    page.plain("");
    page.plain(&format!(
        "  {:<18}{:>18}{:>20}{:>22}",
        head[0], head[1], head[2], head[3]
    ));
    for at in &found.at_ages {
        let difference = page.show(at.difference_vnd);
        let signed = if at.difference_vnd > AmountVnd::ZERO {
            format!("+{difference}")
        } else {
            difference
        };
        page.plain(&format!(
            "  {:<18}{:>18}{:>20}{:>22}",
            page.show(at.age),
            page.show(at.keep_vnd),
            page.show(at.withdraw_vnd),
            signed
        ));
    }
}
