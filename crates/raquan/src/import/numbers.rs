//! Numbers as officers type them: `1322`, `1.322`, `1 322`, `55,3`; what can be read in two ways is refused.

use super::row_faults::Problem;
use super::values::Decimal;

/// Reads a whole number within bounds from text.
pub(super) fn integer_from_text(text: &str, min: i64, max: i64) -> Result<i64, Problem> {
    let number = split(text)?;
    let mut groups = number.groups.iter();
    let first = groups.next().ok_or(Problem::NotANumber)?;
    let grouped = |groups: &[(char, &str)]| {
        groups.iter().all(|(_, digits)| digits.len() == 3)
            && (1..=3).contains(&first.1.len())
            && first.1 != "0"
    };
    let separators = number.separators();
    let whole = match separators.as_slice() {
        [] => &number.groups[..],
        [_] if grouped(&number.groups[1..]) => &number.groups[..],
        [_] => return Err(Problem::AmbiguousInteger),
        [_, decimal] => {
            let last = number.groups.len() - 1;
            let (mark, part) = number.groups[last];
            let marked_once = number
                .groups
                .iter()
                .filter(|(separator, _)| separator == decimal)
                .count()
                == 1;
            if mark != *decimal || mark == ' ' || !marked_once || !grouped(&number.groups[1..last])
            {
                return Err(Problem::NotANumber);
            }
            if part.chars().any(|digit| digit != '0') {
                return Err(Problem::Decimals);
            }
            &number.groups[..last]
        }
        _ => return Err(Problem::NotANumber),
    };
    let digits: String = whole.iter().map(|(_, digits)| *digits).collect();
    let value = number.signed(&digits).ok_or(Problem::Overflow)?;
    within(value, min, max)
}

/// Reads a whole number within bounds from the number in a spreadsheet's cell.
pub(super) fn integer_from_number(number: f64, min: i64, max: i64) -> Result<i64, Problem> {
    let decimal = decimal_from_number(number)?;
    if decimal.scale() > 0 {
        return Err(Problem::Decimals);
    }
    within(decimal.digits(), min, max)
}

fn within(value: i64, min: i64, max: i64) -> Result<i64, Problem> {
    if value < 0 && min == 0 {
        Err(Problem::Negative)
    } else if value < min {
        Err(Problem::TooSmall { min })
    } else if value > max {
        Err(Problem::TooLarge { max })
    } else {
        Ok(value)
    }
}

/// Reads an exact decimal number from text. A comma or a point may be the decimal mark; a lone one that three digits
/// follow could also part thousands, so that `1.322` is refused and `0,322`, `1.322,0` and `55,3` are not.
pub(super) fn decimal_from_text(text: &str) -> Result<Decimal, Problem> {
    let number = split(text)?;
    let separators = number.separators();
    let last = number.groups.len() - 1;
    let first_len = number.groups[0].1.len();
    let grouped = |groups: &[(char, &str)]| {
        groups.iter().all(|(_, digits)| digits.len() == 3) && first_len <= 3
    };
    let split_at = match separators.as_slice() {
        [] => number.groups.len(),
        [' '] if grouped(&number.groups[1..]) => number.groups.len(),
        [' '] => return Err(Problem::NotANumber),
        [_] if last > 1 && grouped(&number.groups[1..]) => number.groups.len(),
        [_] if last > 1 => return Err(Problem::NotANumber),
        [_] if grouped(&number.groups[1..]) && number.groups[0].1 != "0" => {
            return Err(Problem::AmbiguousDecimal);
        }
        [_] => last,
        [_, decimal] => {
            let marked_once = number
                .groups
                .iter()
                .filter(|(separator, _)| separator == decimal)
                .count()
                == 1;
            if *decimal == ' '
                || number.groups[last].0 != *decimal
                || !marked_once
                || !grouped(&number.groups[1..last])
            {
                return Err(Problem::NotANumber);
            }
            last
        }
        _ => return Err(Problem::NotANumber),
    };
    let mut digits: String = number.groups[..split_at]
        .iter()
        .map(|(_, digits)| *digits)
        .collect();
    let part = number
        .groups
        .get(split_at)
        .map_or("", |(_, digits)| digits.trim_end_matches('0'));
    digits.push_str(part);
    let scale = u8::try_from(part.len()).map_err(|_| Problem::Overflow)?;
    Ok(Decimal::new(
        number.signed(&digits).ok_or(Problem::Overflow)?,
        scale,
    ))
}

/// Reads an exact decimal from the number in a spreadsheet's cell, which is right to 15 digits.
pub(super) fn decimal_from_number(number: f64) -> Result<Decimal, Problem> {
    if !number.is_finite() {
        return Err(Problem::Overflow);
    }
    let scientific = format!("{number:.14e}");
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("this format always writes an exponent");
    let exponent: i32 = exponent
        .parse()
        .expect("this format writes the exponent as a number");
    let digits: i64 = mantissa
        .replace('.', "")
        .parse()
        .expect("fifteen digits fit in 64 bits");
    let mut digits = digits;
    let mut scale = 14 - exponent;
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    while scale < 0 {
        digits = digits.checked_mul(10).ok_or(Problem::Overflow)?;
        scale += 1;
    }
    if digits == 0 {
        return Ok(Decimal::new(0, 0));
    }
    // Beyond 15 digits a spreadsheet no longer keeps the last ones.
    if scale == 0 && digits.unsigned_abs() > 999_999_999_999_999 {
        return Err(Problem::Overflow);
    }
    let scale = u8::try_from(scale)
        .ok()
        .filter(|scale| *scale <= 18)
        .ok_or(Problem::Overflow)?;
    Ok(Decimal::new(digits, scale))
}

/// A number's sign and its runs of digits, each with the separator before it.
struct Split<'a> {
    negative: bool,
    groups: Vec<(char, &'a str)>,
}

impl Split<'_> {
    /// The separators that occur, each once, in order of their first occurrence.
    fn separators(&self) -> Vec<char> {
        let mut found = Vec::new();
        for (separator, _) in &self.groups[1..] {
            if !found.contains(separator) {
                found.push(*separator);
            }
        }
        found
    }

    fn signed(&self, digits: &str) -> Option<i64> {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{digits}").parse().ok()
    }
}

fn split(text: &str) -> Result<Split<'_>, Problem> {
    let text = text.trim();
    if text.ends_with('%') {
        return Err(Problem::Percent);
    }
    let unsigned = text.strip_prefix(['-', '−', '–']);
    let negative = unsigned.is_some();
    let rest = unsigned
        .unwrap_or(text.strip_prefix('+').unwrap_or(text))
        .trim_start();
    let mut groups = Vec::new();
    let mut separator = '\0';
    let mut start = 0;
    for (at, character) in rest.char_indices() {
        if character.is_ascii_digit() {
            continue;
        }
        groups.push((separator, &rest[start..at]));
        separator = match character {
            '.' | ',' => character,
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
            _ => return Err(Problem::NotANumber),
        };
        start = at + character.len_utf8();
    }
    groups.push((separator, &rest[start..]));
    if groups.iter().any(|(_, digits)| digits.is_empty()) {
        return Err(Problem::NotANumber);
    }
    Ok(Split { negative, groups })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn integer(text: &str) -> Result<i64, Problem> {
        integer_from_text(text, 0, i64::MAX)
    }

    #[test]
    fn thousands_may_be_parted_by_point_comma_or_space() {
        for text in [
            "1322",
            "1.322",
            "1,322",
            "1 322",
            "1\u{a0}322",
            " 1322 ",
            "+1322",
            "1.322,00",
            "1,322.0",
            "01322",
        ] {
            assert_eq!(integer(text), Ok(1322), "{text}");
        }
        assert_eq!(integer("1.621.517"), Ok(1_621_517));
        assert_eq!(integer("0"), Ok(0));
        assert_eq!(integer_from_text("-1.322", -2000, 0), Ok(-1322));
        assert_eq!(integer_from_text("−5", -10, 10), Ok(-5));
    }

    #[test]
    fn what_may_mean_two_things_is_refused_in_a_whole_number() {
        for text in [
            "1.5", "1,5", "12,75", "0.125", "1.0", "1322,50", "1.32", "1.3221", "1234.567",
        ] {
            assert_eq!(integer(text), Err(Problem::AmbiguousInteger), "{text}");
        }
    }

    #[test]
    fn each_mistake_in_a_whole_number_has_its_own_problem() {
        assert_eq!(integer("1.322,5"), Err(Problem::Decimals));
        assert_eq!(integer("-3"), Err(Problem::Negative));
        assert_eq!(integer("99999999999999999999"), Err(Problem::Overflow));
        assert_eq!(integer("12%"), Err(Problem::Percent));
        assert_eq!(
            integer_from_text("5", 10, 20),
            Err(Problem::TooSmall { min: 10 })
        );
        assert_eq!(
            integer_from_text("25", 10, 20),
            Err(Problem::TooLarge { max: 20 })
        );
        for text in [
            "mười",
            "12 người",
            "1e5",
            "1..2",
            "-",
            "1.322.50,1",
            "٣",
            "1,322,5.0",
        ] {
            assert_eq!(integer(text), Err(Problem::NotANumber), "{text}");
        }
    }

    #[test]
    fn numbers_of_cells_are_right_to_fifteen_digits() {
        assert_eq!(integer_from_number(1322.0, 0, 9999), Ok(1322));
        assert_eq!(integer_from_number(3.000_000_000_000_000_4, 0, 9), Ok(3));
        assert_eq!(integer_from_number(-0.0, 0, 9), Ok(0));
        assert_eq!(
            integer_from_number(999_999_999_999_999.0, 0, i64::MAX),
            Ok(999_999_999_999_999)
        );
        assert_eq!(
            integer_from_number(1e15, 0, i64::MAX),
            Err(Problem::Overflow)
        );
        assert_eq!(integer_from_number(f64::NAN, 0, 9), Err(Problem::Overflow));
        assert_eq!(integer_from_number(1.5, 0, 9), Err(Problem::Decimals));
        assert_eq!(
            decimal_from_number(55.300_000_000_000_004),
            Ok(Decimal::new(553, 1))
        );
        assert_eq!(decimal_from_number(1e-19), Err(Problem::Overflow));
    }

    #[test]
    fn decimals_take_either_mark_unless_it_could_part_thousands() {
        let check = |text: &str, written: &str| {
            assert_eq!(
                decimal_from_text(text).map(|value| value.to_string()),
                Ok(written.to_owned()),
                "{text}"
            );
        };
        check("55,3", "55.3");
        check("55.3", "55.3");
        check("1.322,5", "1322.5");
        check("1,322.50", "1322.5");
        check("1 322,5", "1322.5");
        check("1.322.500", "1322500");
        check("0,322", "0.322");
        check("-0,05", "-0.05");
        check("1322", "1322");
        check("1,3220", "1.322");
        assert_eq!(decimal_from_text("1.322"), Err(Problem::AmbiguousDecimal));
        assert_eq!(decimal_from_text("1,322"), Err(Problem::AmbiguousDecimal));
        assert_eq!(decimal_from_text("1.2.3"), Err(Problem::NotANumber));
        assert_eq!(decimal_from_text("55,3%"), Err(Problem::Percent));
        assert_eq!(
            decimal_from_text("1,00000000000000000001"),
            Err(Problem::Overflow)
        );
    }

    fn grouped(value: i64, separator: char) -> String {
        let digits = value.to_string();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    proptest! {
        #[test]
        fn a_grouped_whole_number_reads_back(value in 0..=i64::MAX, separator in prop::sample::select(vec!['.', ',', ' ', '\u{a0}'])) {
            prop_assert_eq!(integer(&grouped(value, separator)), Ok(value));
            prop_assert_eq!(integer(&value.to_string()), Ok(value));
        }

        #[test]
        fn a_decimal_reads_back(digits in -99_999_999_999_999_i64..=99_999_999_999_999, scale in 0_u8..=12) {
            let value = Decimal::new(digits, scale);
            let written = value.to_string();
            let number: f64 = written.parse().expect("a decimal is a number");
            prop_assert_eq!(decimal_from_number(number), Ok(value));
            match decimal_from_text(&written.replace('.', ",")) {
                Ok(read) => prop_assert_eq!(read, value),
                Err(problem) => {
                    prop_assert_eq!(problem, Problem::AmbiguousDecimal);
                    prop_assert_eq!(value.scale(), 3);
                }
            }
        }

        #[test]
        fn no_text_breaks_the_reading_of_numbers(text in "\\PC{0,12}|[-0-9., ]{0,24}") {
            if let Ok(value) = integer_from_text(&text, i64::MIN, i64::MAX) {
                prop_assert_eq!(integer_from_text(&value.to_string(), i64::MIN, i64::MAX), Ok(value));
            }
            if let Ok(value) = decimal_from_text(&text) {
                let written = format!("{value}{}", if value.scale() == 3 { "0" } else { "" });
                prop_assert_eq!(decimal_from_text(&written), Ok(value));
            }
        }
    }
}
