//! Reading what people write in flags.

use std::io::Read;
use std::str::FromStr;

use anyhow::Context;
use jiff::civil::Date;
use policy::retirement::Birthday;
use policy::{AmountVnd, Month};
use serde::de::DeserializeOwned;

/// A day, 01/7/2026 or 2026-07-01.
pub fn date_of(text: &str) -> Result<Date, String> {
    domain::period::parse_date_vi(text).map_err(|error| error.to_string())
}

/// A month, 2025-06 or 06/2025.
pub fn month_of(text: &str) -> Result<Month, String> {
    let turned = match text.split_once('/') {
        Some((month, year)) => format!("{year}-{month:0>2}"),
        None => text.to_owned(),
    };
    turned
        .parse()
        .map_err(|_| format!("“{text}” không phải là tháng; viết 2025-06 hoặc 06/2025"))
}

/// A birthday: the day, the month or the year alone.
pub fn birth_of(text: &str) -> Result<Birthday, String> {
    if let Ok(day) = date_of(text) {
        return Ok(Birthday::Day(day));
    }
    match month_of(text) {
        Ok(month) => Ok(Birthday::Month(month)),
        Err(_) => Birthday::from_str(text).map_err(|error| error.to_string()),
    }
}

/// Whole đồng, with or without points between thousands.
pub fn amount_of(text: &str) -> Result<AmountVnd, String> {
    let digits = text.replace(['.', ',', '_', ' '], "");
    digits
        .parse()
        .map(AmountVnd)
        .map_err(|_| format!("“{text}” không phải là số tiền; viết 3000000 hoặc 3.000.000"))
}

/// A word of the law's lists, with - or _.
pub fn word_of<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(text.replace('-', "_").into()).map_err(|error| error.to_string())
}

/// A text, that of a file (@FILE), or what is piped in (-).
pub fn text_of(input: &str) -> anyhow::Result<String> {
    if input == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("không đọc được dữ liệu đưa vào")?;
        return Ok(text);
    }
    match input.strip_prefix('@') {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("không đọc được tệp {path}"))
        }
        None => Ok(input.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_days_months_and_money_in_their_ways() {
        assert_eq!(month_of("6/2025"), month_of("2025-06"));
        assert_eq!(amount_of("3.000.000"), Ok(AmountVnd(3_000_000)));
        assert_eq!(birth_of("15/3/1986"), birth_of("1986-03-15"));
        assert_eq!(birth_of("1986"), Ok(Birthday::Year(1986)));
        assert_eq!(birth_of("03/1986"), birth_of("1986-03"));
        assert!(birth_of("x").is_err() && amount_of("ba triệu").is_err());
        assert_eq!(
            word_of::<policy::voluntary_si::Category>("near-poor"),
            Ok(policy::voluntary_si::Category::NearPoor)
        );
    }
}
