//! Sealing of personal data, and fingerprints by which a person is found again without being read.
//!
//! One key of 32 bytes stands in a file that only the program may read. From it come, by
//! HMAC-SHA-256, one key for sealing (XChaCha20-Poly1305) and one for fingerprints. A sealed text
//! says by which key it was sealed, so that a wrong key file is noticed before anything is lost.

use std::io::{ErrorKind, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use domain::vietnamese;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::hex;
use crate::clock::random_bytes;

/// Length of the key and of what is derived from it.
const KEY_BYTES: usize = 32;
/// Length of the number that is used once with a key.
const NONCE_BYTES: usize = 24;

/// What can go wrong with keys and sealed data. No variant holds what was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file can neither be read nor made.
    #[error("cannot read or make the key file {path}: give it another place with key_file")]
    KeyFile {
        /// Its path.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The key file holds something else.
    #[error("the key file {0} must hold 64 hexadecimal digits: bring back the copy of it")]
    MalformedKey(String),
    /// Others on the machine may read the key file.
    #[error("the key file {0} can be read by others: chmod 600 it")]
    OpenKeyFile(String),
    /// The data were sealed by another key.
    #[error(
        "personal data were sealed by key {sealed_by}, and the key file holds {present}: \
         bring back the key file that belongs to this database"
    )]
    OtherKey {
        /// Id of the key that sealed them.
        sealed_by: String,
        /// Id of the key at hand.
        present: String,
    },
    /// The sealed text is damaged or belongs to another record.
    #[error("a sealed text is damaged or belongs to another record")]
    Damaged,
}

/// Seals and opens personal data, and makes fingerprints.
#[derive(Clone)]
pub struct Sealer {
    key_id: String,
    cipher: XChaCha20Poly1305,
    fingerprint_key: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealer")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Sealer {
    /// From the key itself.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        let sealing = derive(key, b"raquan sealing");
        Self {
            key_id: hex(&derive(key, b"raquan key id")[..4]),
            cipher: XChaCha20Poly1305::new(&sealing.into()),
            fingerprint_key: derive(key, b"raquan fingerprint"),
        }
    }

    /// From the key file; makes it, readable by its owner only, when there is none.
    pub fn from_file(path: &Path) -> Result<Self, SealError> {
        let name = path.display().to_string();
        let failed = |source| SealError::KeyFile {
            path: name.clone(),
            source,
        };
        match std::fs::read_to_string(path) {
            Ok(text) => {
                check_closed(path)
                    .map_err(failed)?
                    .then_some(())
                    .ok_or_else(|| SealError::OpenKeyFile(name.clone()))?;
                let key = key_of_hex(text.trim()).ok_or(SealError::MalformedKey(name))?;
                Ok(Self::new(&key))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let key = random_bytes::<KEY_BYTES>();
                write_key(path, &key).map_err(failed)?;
                tracing::info!(path = %path.display(), "made a key file for personal data; keep a copy of it");
                Ok(Self::new(&key))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Seals a text for one record; it opens only with the same record's id.
    pub fn seal(&self, record_id: &str, text: &str) -> String {
        let nonce = random_bytes::<NONCE_BYTES>();
        let payload = Payload {
            msg: text.as_bytes(),
            aad: record_id.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("texts are far below the cipher's limit of 256 GB");
        format!("{}.{}.{}", self.key_id, hex(&nonce), hex(&sealed))
    }

    /// Opens what [`Sealer::seal`] sealed for this record.
    pub fn open(&self, record_id: &str, sealed: &str) -> Result<String, SealError> {
        self.check_key(sealed)?;
        let mut parts = sealed.splitn(3, '.').skip(1);
        let nonce = parts
            .next()
            .and_then(from_hex)
            .and_then(|bytes| bytes.try_into().ok());
        let nonce: [u8; NONCE_BYTES] = nonce.ok_or(SealError::Damaged)?;
        let bytes = parts.next().and_then(from_hex).ok_or(SealError::Damaged)?;
        let payload = Payload {
            msg: &bytes,
            aad: record_id.as_bytes(),
        };
        let text = self
            .cipher
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Damaged)?;
        String::from_utf8(text).map_err(|_| SealError::Damaged)
    }

    /// Whether a sealed text was sealed by this key.
    pub fn check_key(&self, sealed: &str) -> Result<(), SealError> {
        let sealed_by = sealed.split('.').next().unwrap_or_default();
        if sealed_by == self.key_id {
            Ok(())
        } else {
            Err(SealError::OtherKey {
                sealed_by: sealed_by.to_owned(),
                present: self.key_id.clone(),
            })
        }
    }

    /// Fingerprint of a national id, however it is spaced.
    pub fn national_id_fingerprint(&self, national_id: &str) -> String {
        self.fingerprint("national id", &normalized_national_id(national_id))
    }

    /// Fingerprint of a name without marks, a birth year and a commune.
    pub fn name_fingerprint(&self, name: &str, birth_year: i64, commune_id: &str) -> String {
        let text = format!("{}|{birth_year}|{commune_id}", vietnamese::fold(name));
        self.fingerprint("name", &text)
    }

    /// Keyed digest of an input, to tell a repeated request from another one without keeping it.
    pub fn digest(&self, input: &impl serde::Serialize) -> String {
        let text = serde_json::to_string(input).expect("inputs are plain data");
        self.fingerprint("input", &text)
    }

    fn fingerprint(&self, kind: &str, text: &str) -> String {
        let mut mac = mac(&self.fingerprint_key);
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes())
    }
}

/// A national id as digits only.
pub fn normalized_national_id(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-'))
        .collect()
}

/// Whether a text is a national id: 12 digits, or the 9 of the former identity card.
pub fn is_national_id(text: &str) -> bool {
    let digits = normalized_national_id(text);
    matches!(digits.len(), 9 | 12) && digits.bytes().all(|letter| letter.is_ascii_digit())
}

fn mac(key: &[u8; KEY_BYTES]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn derive(key: &[u8; KEY_BYTES], purpose: &[u8]) -> [u8; KEY_BYTES] {
    let mut mac = mac(key);
    mac.update(purpose);
    mac.finalize().into_bytes().into()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

fn key_of_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    from_hex(text)?.try_into().ok()
}

/// Whether nobody but the owner may read the file.
fn check_closed(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 == 0)
}

fn write_key(path: &Path, key: &[u8; KEY_BYTES]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", hex(key))?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealer() -> Sealer {
        Sealer::new(&[7; KEY_BYTES])
    }

    #[test]
    fn what_is_sealed_opens_only_for_its_record_and_key() {
        let sealed = sealer().seal("p1", "Nguyễn Văn Mẫu");
        assert!(!sealed.contains("Mẫu"));
        assert_eq!(
            sealer().open("p1", &sealed).expect("the same record"),
            "Nguyễn Văn Mẫu"
        );
        assert!(matches!(
            sealer().open("p2", &sealed),
            Err(SealError::Damaged)
        ));
        let other = Sealer::new(&[8; KEY_BYTES]);
        assert!(matches!(
            other.open("p1", &sealed),
            Err(SealError::OtherKey { .. })
        ));
        let mut broken = sealed.clone();
        broken.pop();
        assert!(matches!(
            sealer().open("p1", &broken),
            Err(SealError::Damaged)
        ));
        assert_ne!(sealed, sealer().seal("p1", "Nguyễn Văn Mẫu"));
    }

    #[test]
    fn fingerprints_ignore_spelling_and_need_the_key() {
        let sealer = sealer();
        assert_eq!(
            sealer.national_id_fingerprint("001 085 012345"),
            sealer.national_id_fingerprint("001085012345")
        );
        assert_eq!(
            sealer.name_fingerprint("Nguyễn Thị  Hoà", 1980, "c1"),
            sealer.name_fingerprint("nguyen thi hòa", 1980, "c1")
        );
        assert_ne!(
            sealer.name_fingerprint("An", 1980, "c1"),
            sealer.name_fingerprint("An", 1981, "c1")
        );
        assert_ne!(
            sealer.national_id_fingerprint("1"),
            Sealer::new(&[8; KEY_BYTES]).national_id_fingerprint("1")
        );
    }

    #[test]
    fn national_ids_have_nine_or_twelve_digits() {
        for good in ["001085012345", "001 085 012 345", "187654321"] {
            assert!(is_national_id(good), "{good}");
        }
        for bad in ["", "12345", "00108501234a", "0010850123456"] {
            assert!(!is_national_id(bad), "{bad}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_kept_from_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("var/raquan.key");
        let sealed = Sealer::from_file(&path).expect("made").seal("p", "text");
        let again = Sealer::from_file(&path).expect("read");
        assert_eq!(again.open("p", &sealed).expect("the same key"), "text");
        let mode = |mode| {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("set");
        };
        mode(0o644);
        assert!(matches!(
            Sealer::from_file(&path),
            Err(SealError::OpenKeyFile(_))
        ));
        mode(0o600);
        std::fs::write(&path, "not a key").expect("written");
        assert!(matches!(
            Sealer::from_file(&path),
            Err(SealError::MalformedKey(_))
        ));
    }

    #[test]
    fn nothing_secret_prints() {
        let text = format!("{:?}", sealer());
        assert!(
            text.starts_with("Sealer { key_id: ") && text.len() < 40,
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn every_text_opens_again(id in ".{0,20}", text in ".{0,200}") {
            let sealed = sealer().seal(&id, &text);
            prop_assert_eq!(sealer().open(&id, &sealed).expect("sealed just now"), text);
        }
    }
}
