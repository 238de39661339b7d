//! Words for days, periods and documents, as official reports write them.

use domain::period::Period;
use domain::plan::LegalBasis;
use domain::vietnamese;
use jiff::civil::Date;
use report::PeriodLabel;

/// "ngày 08/5/2022" or "từ ngày 01/5/2022 đến ngày 31/5/2022".
pub fn days(first: Date, last: Date) -> String {
    if first >= last {
        format!("ngày {}", vietnamese::date(first))
    } else {
        format!(
            "từ ngày {} đến ngày {}",
            vietnamese::date(first),
            vietnamese::date(last)
        )
    }
}

/// The days from the campaign's first one to the day reported, as a period.
pub fn campaign_period(first: Date, last: Date) -> PeriodLabel {
    let code = if first >= last {
        first.to_string()
    } else {
        format!("{first}..{last}")
    };
    let label_en = if first >= last {
        format!("{first}")
    } else {
        format!("{first} to {last}")
    };
    PeriodLabel {
        code,
        label_vi: days(first, last),
        label_en,
        first,
        last,
    }
}

/// A period by its own name.
pub fn period(period: &Period) -> PeriodLabel {
    PeriodLabel {
        code: period.to_string(),
        label_vi: period.label_vi(),
        label_en: period.label_en(),
        first: period.first(),
        last: period.last(),
    }
}

/// A period as the base of a comparison: "cùng kỳ năm 2022", "tháng trước".
pub fn base(period: &Period, label_vi: String, label_en: String) -> PeriodLabel {
    PeriodLabel {
        label_vi,
        label_en,
        ..self::period(period)
    }
}

/// "Kế hoạch số 81-KH/TU ngày 07/3/2022 của …: …".
pub fn legal_basis(line: &LegalBasis) -> String {
    let date = line
        .date
        .map(|date| format!(" ngày {}", vietnamese::date(date)));
    let issuer = Some(line.issuer.trim()).filter(|text| !text.is_empty());
    let subject = Some(line.subject.trim()).filter(|text| !text.is_empty());
    format!(
        "Căn cứ {}{}{}{}",
        line.number,
        date.unwrap_or_default(),
        issuer
            .map(|text| format!(" của {text}"))
            .unwrap_or_default(),
        subject.map(|text| format!(" ({text})")).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_in_vietnamese() {
        let (first, last) = (date(2022, 5, 8), date(2022, 5, 31));
        assert_eq!(days(first, first), "ngày 08/5/2022");
        assert_eq!(days(first, last), "từ ngày 08/5/2022 đến ngày 31/5/2022");
    }

    #[test]
    fn a_basis_leaves_out_what_it_does_not_have() {
        let basis = LegalBasis {
            number: "1676/QĐ-TTg".into(),
            ..LegalBasis::default()
        };
        assert_eq!(legal_basis(&basis), "Căn cứ 1676/QĐ-TTg");
    }
}
