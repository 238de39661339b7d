//! How column names and choices are compared (no accents, case or punctuation), and how columns are lettered.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Reduces a label to what is compared: lower case, no accents, words apart by one space.
pub(super) fn fold(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    let mut gap = false;
    for character in label.nfd().filter(|c| !is_combining_mark(*c)) {
        let character = match character {
            'đ' | 'Đ' => 'd',
            other => other,
        };
        if !character.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        folded.extend(character.to_lowercase());
    }
    folded
}

/// Cuts what stands in parentheses: "Số người (người)" is the column "Số người".
pub(super) fn without_parentheses(label: &str) -> &str {
    label.split_once('(').map_or(label, |(before, _)| before)
}

/// The letter of a column as spreadsheets show it; `0` is A, `26` is AA.
pub fn column_letter(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(
            b'A' + u8::try_from(digit).expect("a remainder of 26 fits in a byte"),
        ));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The one of `wanted` that looks most like `given`, if any is near enough to be worth suggesting.
pub(super) fn nearest<'a>(given: &str, wanted: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given = fold(given);
    if given.is_empty() {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in wanted {
        let folded = fold(candidate);
        let contained = given.len() >= 4
            && folded.len() >= 4
            && (folded.contains(&given) || given.contains(&folded));
        let distance = if contained {
            1
        } else {
            edit_distance(&given, &folded)
        };
        let allowed = 2.max(folded.chars().count() / 3);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out or changed to turn one text into the other.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, from_char) in from.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to_char) in to.iter().enumerate() {
            let changed = diagonal + usize::from(from_char != *to_char);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_folded_without_accents_case_and_punctuation() {
        assert_eq!(fold("  Đơn vị hành-chính * "), "don vi hanh chinh");
        assert_eq!(fold("SỐ NGƯỜI\nTHAM GIA"), "so nguoi tham gia");
        assert_eq!(fold("(…)"), "");
        assert_eq!(without_parentheses("Số tiền (đồng)"), "Số tiền ");
    }

    #[test]
    fn columns_are_lettered_like_in_a_spreadsheet() {
        let check = |column, letter: &str| assert_eq!(column_letter(column), letter);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
        check(16_383, "XFD");
    }

    #[test]
    fn the_nearest_name_is_suggested_and_a_distant_one_is_not() {
        let wanted = ["Đơn vị", "Số người", "Kỳ báo cáo"];
        assert_eq!(nearest("So ngươii", wanted.into_iter()), Some("Số người"));
        assert_eq!(nearest("Kỳ", ["Kỳ báo cáo"].into_iter()), None);
        assert_eq!(nearest("Tên đơn vị", wanted.into_iter()), Some("Đơn vị"));
        assert_eq!(nearest("Ghi chú", wanted.into_iter()), None);
    }
}
