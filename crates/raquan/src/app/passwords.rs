//! Passwords: argon2id, checked off the async threads.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use super::{AppError, Fault};
use crate::clock::random_bytes;

/// At least so many characters.
pub const LEAST_LENGTH: usize = 10;

fn argon() -> Argon2<'static> {
    // OWASP's minimum for argon2id: 19 MiB, 2 passes, 1 lane.
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The argon2id hash of a password, in PHC form.
pub async fn password_hash(password: String) -> Result<String, AppError> {
    blocking(move || {
        argon()
            .hash_password_with_salt(password.as_bytes(), &random_bytes::<16>())
            .map(|hash| hash.to_string())
            .map_err(|error| AppError::Internal(format!("hashing a password: {error}")))
    })
    .await?
}

/// Whether the password fits the hash.
pub async fn password_fits(password: String, hash: String) -> Result<bool, AppError> {
    blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| AppError::Internal(format!("a password task ended early: {error}")))
}

/// A password good enough to be kept: long, and not the name to sign in with.
pub fn password_check(field: &str, password: &str, username: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let length = password.chars().count();
    if length < LEAST_LENGTH {
        faults.push(Fault::new(
            field,
            "password.too_short",
            format!("Mật khẩu có {length} ký tự, cần ít nhất {LEAST_LENGTH}."),
            "Dùng một câu dễ nhớ gồm vài từ.",
        ));
    }
    if length > 200 {
        faults.push(Fault::new(
            field,
            "password.too_long",
            "Mật khẩu dài quá 200 ký tự.",
            "Chọn mật khẩu ngắn hơn.",
        ));
    }
    if password.to_lowercase().contains(&username.to_lowercase()) {
        faults.push(Fault::new(
            field,
            "password.contains_username",
            "Mật khẩu chứa tên đăng nhập.",
            "Chọn mật khẩu khác.",
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_fits_its_password_only() {
        let hash = password_hash("an sinh cho mọi nhà".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(
            password_fits("an sinh cho mọi nhà".into(), hash.clone())
                .await
                .unwrap()
        );
        assert!(
            !password_fits("an sinh cho moi nha".into(), hash)
                .await
                .unwrap()
        );
        assert!(
            !password_fits("x".into(), "not a hash".into())
                .await
                .unwrap()
        );
    }

    #[test]
    fn weak_passwords_are_refused_with_every_fault() {
        let codes = |password: &str| {
            password_check("password", password, "canbo")
                .into_iter()
                .map(|fault| fault.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            codes("canbo1"),
            ["password.too_short", "password.contains_username"]
        );
        assert!(codes("một câu dễ nhớ").is_empty());
    }
}
