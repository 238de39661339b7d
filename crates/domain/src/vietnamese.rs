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

/// A key in whose order texts stand alphabetically: letters first (ă after a, đ after d …), then tones (none, huyền,
/// hỏi, ngã, sắc, nặng) syllable by syllable, numbers by their value ("Phường 2" before "Phường 10").
///
/// It is made of digits alone, so that every database orders it the same way whatever its collation.
pub fn collation_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 3);
    let lower = text.to_lowercase();
    let is_part = |letter: char| letter.is_alphanumeric() || is_sign(letter);
    for word in lower
        .split(|letter: char| !is_part(letter))
        .filter(|word| !word.is_empty())
    {
        if !key.is_empty() {
            key.push_str("00");
        }
        add_syllable(&mut key, word);
    }
    key
}

/// Whether it is a sign that combines with the letter before it.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036f}')
}

/// Two digits each: 01 to 06 the tone at the end, 07 a number with its length, 10 and up the letters, 99 any other.
fn add_syllable(key: &mut String, word: &str) {
    let mut tone = 1;
    let mut number = String::new();
    let mut letters = word.nfd().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() {
            number.push(letter);
            if !letters.peek().is_some_and(char::is_ascii_digit) {
                let value = number.trim_start_matches('0');
                key.push_str(&format!("07{:02}{value}", value.len().min(99)));
                number.clear();
            }
            continue;
        }
        // Signs come in any order: shape (ă, â, ơ …) belongs to the letter, tone to the syllable.
        let mut shaped = letter;
        while let Some(sign) = letters.next_if(|next| is_sign(*next)) {
            match sign {
                '\u{0300}' => tone = 2,
                '\u{0309}' => tone = 3,
                '\u{0303}' => tone = 4,
                '\u{0301}' => tone = 5,
                '\u{0323}' => tone = 6,
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
            Some(place) => key.push_str(&format!("{}", 10 + place)),
            None => key.push_str(&format!("99{:07}", shaped as u32)),
        }
    }
    key.push_str(&format!("{tone:02}"));
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

/// A whole number in words: "tám trăm tám mươi nghìn".
pub fn in_words(value: i64) -> String {
    let mut words = Vec::new();
    match value {
        0 => words.push("không"),
        1.. => {}
        _ => words.push("âm"),
    }
    speak(value.unsigned_abs(), false, &mut words);
    words.join(" ")
}

/// The words of a number above zero; `follows` a larger part, so that empty hundreds are spoken.
fn speak(value: u64, follows: bool, words: &mut Vec<&'static str>) {
    const LARGE: [(u64, &str); 3] = [
        (1_000_000_000, "tỷ"),
        (1_000_000, "triệu"),
        (1_000, "nghìn"),
    ];
    const DIGITS: [&str; 10] = [
        "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
    ];
    if let Some((size, word)) = LARGE.into_iter().find(|(size, _)| value >= *size) {
        speak(value / size, follows, words);
        words.push(word);
        if !value.is_multiple_of(size) {
            speak(value % size, true, words);
        }
        return;
    }
    let digit = |place: u64| (value / place % 10) as usize;
    let (hundreds, tens, ones) = (digit(100), digit(10), digit(1));
    let has_hundreds = hundreds > 0 || (follows && value > 0);
    if has_hundreds {
        words.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if ones > 0 && has_hundreds => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([DIGITS[tens], "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[ones]),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_spoken() {
        for (value, words) in [
            (0, "không"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (104, "một trăm linh bốn"),
            (880_000, "tám trăm tám mươi nghìn"),
            (1_572_300, "một triệu năm trăm bảy mươi hai nghìn ba trăm"),
            (
                84_694_805,
                "tám mươi tư triệu sáu trăm chín mươi tư nghìn tám trăm linh năm",
            ),
            (2_000_045, "hai triệu không trăm bốn mươi lăm"),
            (1_000_000_000_000, "một nghìn tỷ"),
            (-10, "âm mười"),
        ] {
            assert_eq!(in_words(value), words);
        }
    }

    #[test]
    fn folding_ignores_accents_tone_placement_case_and_signs() {
        for (text, expected) in [
            ("Thành phố  Hoà Bình", "thanh pho hoa binh"),
            ("thành phố Hòa Bình", "thanh pho hoa binh"),
            ("Đắk Lắk", "dak lak"),
            ("ĐẮK  LẮK ", "dak lak"),
            ("Ea H'leo", "ea hleo"),
            ("Ea H’leo", "ea hleo"),
            ("TP.Vinh", "tp vinh"),
            ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
            ("Phường 12", "phuong 12"),
            ("  ", ""),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
        let composed = "Nghệ An";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(fold(composed), fold(&decomposed));
    }

    #[test]
    fn names_sort_in_the_order_of_the_alphabet() {
        let sorted = [
            "An Giang",
            "Ân Thi",
            "Ba Vì",
            "Bà Rịa",
            "Bá Thước",
            "Bạc Liêu",
            "Cà Mau",
            "Cần Thơ",
            "Da Nang",
            "Đà Nẵng",
            "Đắk Lắk",
            "Hà Giang",
            "Hải Dương",
            "Hải Phòng",
            "Phường 2",
            "Phường 10",
            "Yên Bái",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| collation_key(name));
        assert_eq!(names, sorted);
        assert!(
            collation_key("Ơn-Đỏ 7 ß")
                .bytes()
                .all(|byte| byte.is_ascii_digit())
        );
    }

    #[test]
    fn tones_sort_within_a_syllable() {
        let mut syllables = ["mạ", "má", "mã", "mả", "mà", "ma"];
        syllables.sort_by_key(|name| collation_key(name));
        assert_eq!(syllables, ["ma", "mà", "mả", "mã", "má", "mạ"]);
    }

    #[test]
    fn numbers_have_points_and_commas_the_vietnamese_way() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_322), "1.322");
        assert_eq!(number(-1_621_517), "-1.621.517");
        assert_eq!(number(i64::MIN), "-9.223.372.036.854.775.808");
        assert_eq!(decimal(553, 1), "55,3");
        assert_eq!(decimal(-5, 2), "-0,05");
        assert_eq!(decimal(1_234_567, 2), "12.345,67");
        assert_eq!(decimal(1_234, 0), "1.234");
        assert_eq!(signed(4_370), "+4.370");
        assert_eq!(signed(-12), "-12");
        assert_eq!(signed(0), "0");
    }

    #[test]
    fn percentages_are_rounded_half_away_from_zero() {
        assert_eq!(percent(460, 460, 0).as_deref(), Some("100%"));
        assert_eq!(percent(1, 3, 1).as_deref(), Some("33,3%"));
        assert_eq!(percent(1, 8, 1).as_deref(), Some("12,5%"));
        assert_eq!(percent(1, 16, 1).as_deref(), Some("6,3%"));
        assert_eq!(percent(-1, 16, 1).as_deref(), Some("-6,3%"));
        assert_eq!(percent(1, 0, 1), None);
    }

    #[test]
    fn dates_write_the_zero_where_officials_do() {
        let at = jiff::civil::date;
        assert_eq!(date(at(2022, 5, 8)), "08/5/2022");
        assert_eq!(date(at(2022, 3, 7)), "07/3/2022");
        assert_eq!(date(at(2022, 1, 1)), "01/01/2022");
        assert_eq!(date(at(2022, 2, 10)), "10/02/2022");
        assert_eq!(date(at(2022, 12, 31)), "31/12/2022");
    }

    #[test]
    fn rounding_down_says_more_than_only_where_it_is_more() {
        for (value, expected) in [
            (7, "7"),
            (10, "10"),
            (52, "trên 50"),
            (912, "trên 900"),
            (9_000, "9.000"),
            (9_012, "trên 9.000"),
            (18_342, "trên 18.000"),
            (1_621_517, "trên 1.600.000"),
            (-12, "-12"),
        ] {
            assert_eq!(round_down_phrase(value), expected);
        }
    }

    #[test]
    fn changes_are_said_in_words() {
        let last_year = "cùng kỳ năm 2022";
        assert_eq!(
            change_phrase(4_370, "người", last_year),
            "tăng 4.370 người so với cùng kỳ năm 2022"
        );
        assert_eq!(
            change_phrase(-708, "người", last_year),
            "giảm 708 người so với cùng kỳ năm 2022"
        );
        assert_eq!(
            change_phrase(0, "người", last_year),
            "không đổi so với cùng kỳ năm 2022"
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn numbers_read_back(value: i64) {
            prop_assert_eq!(number(value).replace('.', "").parse::<i64>(), Ok(value));
        }

        #[test]
        fn rounding_down_never_claims_more(value in 0..i64::MAX / 4) {
            let said: i64 = round_down_phrase(value).replace("trên ", "").replace('.', "").parse().expect("a number");
            prop_assert!(said <= value && value <= said * 2);
        }
    }
}
