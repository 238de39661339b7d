//! Vietnamese text: matching without accents, alphabetical order, numbers, dates and the phrases of reports.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// The text as compared in every search: lower case, without accents or tone placement, `đ` as `d`, apostrophes
/// left out, every other sign and run of spaces as one space.
///
/// "Thành phố  Hoà Bình" and "thanh pho hòa bình" give the same.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |letter: char, folded: &mut String| {
        if letter.is_alphanumeric() {
            if std::mem::take(&mut gap) && !folded.is_empty() {
                folded.push(' ');
            }
            match letter {
                'đ' => folded.push('d'),
                _ => folded.push(letter),
            }
        } else if !matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '\u{0300}'..='\u{036f}') {
            gap = true;
        }
    };
    if text.is_ascii() {
        for byte in text.bytes() {
            push(byte.to_ascii_lowercase() as char, &mut folded);
        }
    } else {
        for letter in text.nfd().flat_map(char::to_lowercase) {
            push(letter, &mut folded);
        }
    }
    folded
}

/// The alphabet in its order; a letter's place is its weight.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key whose byte order is the Vietnamese alphabetical order: letters first (ă after a, đ after d …), then tones
/// (none, huyền, hỏi, ngã, sắc, nặng) syllable by syllable, numbers by their value ("Phường 2" before "Phường 10").
pub fn collation_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let lower = text.to_lowercase();
    let is_part =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '\u{0300}'..='\u{036f}');
    for word in lower
        .split(|letter: char| !is_part(letter))
        .filter(|word| !word.is_empty())
    {
        let mut tone = '0';
        let mut digits = String::new();
        let mut letters = word.nfd().peekable();
        while let Some(letter) = letters.next() {
            if letter.is_ascii_digit() {
                digits.push(letter);
                if letters.peek().is_some_and(char::is_ascii_digit) {
                    continue;
                }
                let value = digits.trim_start_matches('0');
                key.push_str(&format!("0{:02}{value}", value.len().min(99)));
                digits.clear();
                continue;
            }
            // The signs of a letter in any order: its shape (ă, â, ơ …) belongs to the letter, its tone to the syllable.
            let mut shaped = letter;
            while let Some(sign) = letters.next_if(|next| matches!(next, '\u{0300}'..='\u{036f}')) {
                match sign {
                    '\u{0300}' => tone = '1',
                    '\u{0309}' => tone = '2',
                    '\u{0303}' => tone = '3',
                    '\u{0301}' => tone = '4',
                    '\u{0323}' => tone = '5',
                    _ => {
                        shaped = [letter, sign]
                            .iter()
                            .collect::<String>()
                            .nfc()
                            .next()
                            .unwrap_or(letter)
                    }
                }
            }
            match ALPHABET.chars().position(|known| known == shaped) {
                Some(place) => key.push(char::from(b'A' + place as u8)),
                None => key.push(shaped),
            }
        }
        key.push('!');
        key.push(tone);
        key.push(' ');
    }
    key.truncate(key.trim_end().len());
    key
}

/// A whole number with points between thousands: "1.322".
pub fn number(value: i64) -> String {
    let grouped = grouped(value.unsigned_abs().into());
    if value < 0 {
        format!("-{grouped}")
    } else {
        grouped
    }
}

fn grouped(value: u128) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A number given in units of its last decimal place: `decimal(553, 1)` is "55,3".
pub fn decimal(scaled: i64, places: u32) -> String {
    if places == 0 {
        return number(scaled);
    }
    let sign = if scaled < 0 { "-" } else { "" };
    let scale = 10_u128.pow(places);
    let size = u128::from(scaled.unsigned_abs());
    let (whole, rest) = (grouped(size / scale), size % scale);
    format!("{sign}{whole},{rest:0width$}", width = places as usize)
}

/// A share in percent, rounded half away from zero: `percent(1, 3, 1)` is "33,3%". None for a share of nothing.
pub fn percent(part: i64, whole: i64, places: u32) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let size = u128::from(part.unsigned_abs()) * 100 * 10_u128.pow(places);
    let base = u128::from(whole.unsigned_abs());
    let rounded = i64::try_from((size + base / 2) / base).ok()?;
    let signed = if (part < 0) == (whole < 0) {
        rounded
    } else {
        -rounded
    };
    Some(format!("{}%", decimal(signed, places)))
}

/// A change with its sign: "+4.370", "-12", "0".
pub fn signed(value: i64) -> String {
    if value > 0 {
        format!("+{}", number(value))
    } else {
        number(value)
    }
}

/// A date as in official papers: the day always with two digits, the month only for January and February ("08/5/2022",
/// "10/02/2022").
pub fn date(value: Date) -> String {
    format!("{}/{}", day_and_month(value), value.year())
}

/// Day and month in the same manner: "15/4".
pub fn day_and_month(value: Date) -> String {
    match value.month() {
        month @ 1..=2 => format!("{:02}/{month:02}", value.day()),
        month => format!("{:02}/{month}", value.day()),
    }
}

/// The number rounded down in the manner of the campaigns' reports: to tens, hundreds or, from 1,000 on, thousands, from
/// a million on hundred thousands. "trên 9.000" for 9.012, but "9.000" for exactly that many.
pub fn round_down_phrase(value: i64) -> String {
    let step = match value {
        ..10 => 1,
        10..100 => 10,
        100..1_000 => 100,
        1_000..1_000_000 => 1_000,
        _ => 100_000,
    };
    let rounded = value - value.rem_euclid(step);
    if rounded == value {
        number(value)
    } else {
        format!("trên {}", number(rounded))
    }
}

/// A change in words: "tăng 4.370 người so với cùng kỳ năm 2022". `unit_word` is what is counted, `against` what it is
/// compared with.
pub fn change_phrase(delta: i64, unit_word: &str, against: &str) -> String {
    let size = grouped(delta.unsigned_abs().into());
    match delta {
        0 => format!("không đổi so với {against}"),
        1.. => format!("tăng {size} {unit_word} so với {against}"),
        _ => format!("giảm {size} {unit_word} so với {against}"),
    }
}
