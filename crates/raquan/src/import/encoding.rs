//! From the bytes of a text file to NFC text: UTF-8, UTF-16 with or without a mark, and Windows-1258.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::file_faults::FileFault;

/// Decodes a text file and says in which encoding it was.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), FileFault> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return strict(&bytes[mark_len..], encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strict(bytes, encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => finish(Cow::Borrowed(text), "UTF-8"),
        Err(error) if looks_like_utf8(bytes) => Err(FileFault::EncodingInvalid {
            encoding: "UTF-8",
            line: line_at(&bytes[..error.valid_up_to()]),
        }),
        Err(_) => windows_1258(bytes),
    }
}

fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, &'static str), FileFault> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => finish(text, encoding.name()),
        None => {
            let (lossy, _) = encoding.decode_without_bom_handling(bytes);
            let good = lossy.split('\u{fffd}').next().unwrap_or_default();
            Err(FileFault::EncodingInvalid {
                encoding: encoding.name(),
                line: line_at(good.as_bytes()),
            })
        }
    }
}

/// Text holds no NUL; where it does, the file is something else.
fn finish(text: Cow<'_, str>, name: &'static str) -> Result<(String, &'static str), FileFault> {
    if let Some(at) = text.find('\0') {
        return Err(FileFault::EncodingInvalid {
            encoding: name,
            line: line_at(&text.as_bytes()[..at]),
        });
    }
    let text = if unicode_normalization::is_nfc(&text) {
        text.into_owned()
    } else {
        text.nfc().collect()
    };
    Ok((text, name))
}

/// Tables are full of ASCII digits and separators, whose other byte is NUL in UTF-16.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.is_empty() || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if odd * 4 > pairs && even * 20 <= odd {
        Some(UTF_16LE)
    } else if even * 4 > pairs && odd * 20 <= even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether a file that is no valid UTF-8 was meant to be: it has whole three-byte sequences of Vietnamese letters,
/// which in Windows-1258 would be an accented letter, a quotation mark and a sign in a row.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| {
        three[0] == 0xe1 && matches!(three[1], 0xba | 0xbb) && (0x80..0xc0).contains(&three[2])
    })
}

/// Windows-1258 writes tones as marks after the letter. A mark after anything but a letter, or a control character,
/// says that the file is in some other encoding.
fn windows_1258(bytes: &[u8]) -> Result<(String, &'static str), FileFault> {
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let misplaced_mark = is_combining_mark(character) && !before.is_alphabetic();
        let control = character.is_control() && !matches!(character, '\n' | '\r' | '\t');
        if misplaced_mark || control {
            return Err(FileFault::EncodingInvalid {
                encoding: "windows-1258",
                line: line_at(&text.as_bytes()[..at]),
            });
        }
        before = character;
    }
    finish(text, WINDOWS_1258.name())
}

fn line_at(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
pub(super) mod tests {
    use encoding_rs::UTF_8;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// Encodes text in Windows-1258 as Vietnamese programs do: base letter, then tone mark.
    pub(crate) fn to_windows_1258(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for character in text.chars() {
            let single = |c: char| {
                let mut buffer = [0; 4];
                let (encoded, _, failed) = WINDOWS_1258.encode(c.encode_utf8(&mut buffer));
                (!failed).then(|| encoded.into_owned())
            };
            match single(character) {
                Some(encoded) => bytes.extend(encoded),
                None => {
                    let parts: Vec<char> = character.to_string().nfd().collect();
                    let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
                    let base: String = parts
                        .iter()
                        .copied()
                        .filter(|c| !tones.contains(c))
                        .nfc()
                        .collect();
                    for c in base
                        .chars()
                        .chain(parts.iter().copied().filter(|c| tones.contains(c)))
                    {
                        bytes.extend(
                            single(c).unwrap_or_else(|| {
                                panic!("{character} has no place in Windows-1258")
                            }),
                        );
                    }
                }
            }
        }
        bytes
    }

    /// Encodes text in UTF-16.
    pub(crate) fn to_utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff_u16);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    const TEXT: &str = "Đơn vị,Số người\nNghệ An,1322\nĐắk Lắk,716\nThừa Thiên Huế,3098\n";

    #[test]
    fn every_encoding_gives_the_same_composed_text() {
        let check = |bytes: &[u8], name: &str| {
            assert_eq!(
                decode(bytes),
                Ok((TEXT.to_owned(), encoding_name(name))),
                "{name}"
            );
        };
        check(TEXT.as_bytes(), "UTF-8");
        check(format!("\u{feff}{TEXT}").as_bytes(), "UTF-8");
        check(TEXT.nfd().collect::<String>().as_bytes(), "UTF-8");
        check(&to_utf16(TEXT, true, true), "UTF-16LE");
        check(&to_utf16(TEXT, false, true), "UTF-16BE");
        check(&to_utf16(TEXT, true, false), "UTF-16LE");
        check(&to_utf16(TEXT, false, false), "UTF-16BE");
        check(&to_windows_1258(TEXT), "windows-1258");
    }

    fn encoding_name(name: &str) -> &'static str {
        [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1258]
            .into_iter()
            .map(Encoding::name)
            .find(|known| *known == name)
            .expect("the test names a known encoding")
    }

    #[test]
    fn broken_text_names_its_encoding_and_the_first_bad_line() {
        let check = |bytes: &[u8], encoding: &'static str, line| {
            let fault = decode(bytes).expect_err("the text is broken");
            assert_eq!(fault, FileFault::EncodingInvalid { encoding, line });
            assert!(
                fault.message_vi().contains("CSV UTF-8"),
                "{}",
                fault.message_vi()
            );
        };
        let mut broken = TEXT.as_bytes().to_vec();
        let an = TEXT.find("An,").expect("the text has it");
        broken[an] = 0xff;
        check(&broken, "UTF-8", 2);
        let mut odd = to_utf16(TEXT, true, true);
        odd.pop();
        check(&odd, "UTF-16LE", 4);
        check(b"a,b\n\x81\x8d,2\n", "windows-1258", 2);
        check(b"a,b\n1,\xd2\n", "windows-1258", 2);
        check(b"a,b\n1,\x00\n", "UTF-8", 2);
    }

    proptest! {
        #[test]
        fn vietnamese_text_survives_every_encoding(text in "[a-zA-Z0-9,;ăâêôơưđĂÂÊÔƠƯĐàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ]{1,60}") {
            let text = format!("Mã,Số\n{text}");
            for bytes in [text.clone().into_bytes(), to_utf16(&text, true, true), to_utf16(&text, false, true), to_windows_1258(&text)] {
                prop_assert_eq!(decode(&bytes).map(|(text, _)| text), Ok(text.clone()));
            }
        }

        #[test]
        fn no_bytes_break_the_decoder(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok((text, _)) = decode(&bytes) {
                prop_assert!(unicode_normalization::is_nfc(&text));
            }
        }
    }
}
