//! Configuration: defaults compiled in; file, environment and flags override; all mistakes at once.

use std::path::PathBuf;

use serde::Deserialize;
use store::DbOptions;
use toml::{Table, Value};

/// Every key with its default and its meaning.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Checked configuration.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// Database address; may hold a password, so it never prints.
    pub database_url: String,
    /// Connections.
    pub database_connections: u32,
    /// Reverse proxies whose X-Forwarded-For entries are believed.
    pub trusted_proxies: usize,
    /// Cookie only over HTTPS.
    pub secure_cookies: bool,
    /// Key file for personal data.
    pub key_file: String,
    /// Logging.
    pub log: LogConfig,
    /// Quotes by the law.
    pub quotes: QuotesConfig,
    /// Limits.
    pub limits: LimitsConfig,
}

/// Quotes by the law, which anybody may ask for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotesConfig {
    /// Most cases in one request.
    pub most_per_request: u32,
    /// Cases a minute from one client address, a table counted with its rows; 0: no limit.
    pub per_minute: u32,
}

/// Logging.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// Filter of levels.
    pub filter: String,
    /// `text` or `json`.
    pub format: String,
}

/// Limits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// Largest request body other than a file.
    pub body_bytes: usize,
    /// Largest uploaded file.
    pub upload_bytes: usize,
    /// Most rows of an imported file.
    pub import_rows: usize,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// Merges defaults, file text, environment and flags (`key`, `value`), and checks the result.
    ///
    /// The error lists every mistake, one per line, with its source and key.
    pub fn load(
        file: Option<(&str, &str)>,
        environment: impl IntoIterator<Item = (String, String)>,
        flags: &[(&str, String)],
    ) -> Result<Self, Vec<String>> {
        let mut merged: Table = DEFAULTS
            .parse()
            .expect("the defaults are checked by a test");
        let mut mistakes = Vec::new();
        if let Some((name, text)) = file {
            match text.parse::<Table>() {
                Ok(table) => overlay(&mut merged, table, "", name, &mut mistakes),
                Err(error) => mistakes.push(format!("{name}: {}", error.message())),
            }
        }
        let mut variables: Vec<_> = environment
            .into_iter()
            .filter_map(|(name, value)| {
                let key = name
                    .strip_prefix("RAQUAN_")?
                    .to_lowercase()
                    .replace("__", ".");
                // What tests set for themselves is no setting: RAQUAN_TEST_…, and RAQUAN_BIN, the
                // program that browser tests start.
                (!key.starts_with("test_") && key != "bin").then_some((name, key, value))
            })
            .collect();
        variables.sort();
        for (name, key, value) in &variables {
            set(&mut merged, key, value, name, &mut mistakes);
        }
        for (key, value) in flags {
            set(&mut merged, key, value, &format!("--{key}"), &mut mistakes);
        }
        let config: Option<Self> = match Value::Table(merged).try_into() {
            Ok(config) => Some(config),
            Err(error) => {
                mistakes.push(error.to_string());
                None
            }
        };
        if let Some(config) = &config {
            config.check(&mut mistakes);
        }
        match config {
            Some(config) if mistakes.is_empty() => Ok(config),
            _ => Err(mistakes),
        }
    }

    /// Where the key for personal data stands: beside the database file when not set.
    pub fn key_path(&self) -> PathBuf {
        if !self.key_file.is_empty() {
            return PathBuf::from(&self.key_file);
        }
        match self.database_url.strip_prefix("sqlite:") {
            Some(file) => PathBuf::from(format!("{}.key", file.trim_start_matches("//"))),
            None => PathBuf::from("raquan.key"),
        }
    }

    fn check(&self, mistakes: &mut Vec<String>) {
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            mistakes.push(format!(
                "listen: “{}” is no address with a port; write for example 127.0.0.1:8080",
                self.listen
            ));
        }
        let url = &self.database_url;
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|start| url.starts_with(start))
        {
            mistakes.push(
                "database_url: must begin with sqlite: or postgres://, for example \
                 sqlite:var/raquan.db"
                    .to_owned(),
            );
        }
        if self.database_connections == 0 {
            mistakes.push("database_connections: must be at least 1".to_owned());
        }
        if !matches!(self.log.format.as_str(), "text" | "json") {
            mistakes.push(format!(
                "log.format: “{}” is neither text nor json",
                self.log.format
            ));
        }
        let quotes = &self.quotes;
        if quotes.most_per_request == 0 {
            mistakes.push("quotes.most_per_request: must be more than 0".to_owned());
        }
        if quotes.per_minute > 0 && quotes.per_minute < quotes.most_per_request {
            mistakes.push(format!(
                "quotes.per_minute: must be 0 or at least quotes.most_per_request, {}",
                quotes.most_per_request
            ));
        }
        for (key, value) in [
            ("limits.body_bytes", self.limits.body_bytes),
            ("limits.upload_bytes", self.limits.upload_bytes),
            ("limits.import_rows", self.limits.import_rows),
        ] {
            if value == 0 {
                mistakes.push(format!("{key}: must be more than 0"));
            }
        }
    }

    /// How to open the database.
    pub fn db_options(&self) -> DbOptions {
        DbOptions {
            url: self.database_url.clone(),
            connections: self.database_connections,
        }
    }
}

fn overlay(into: &mut Table, from: Table, path: &str, source: &str, mistakes: &mut Vec<String>) {
    for (key, value) in from {
        let full = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match (into.get_mut(&key), value) {
            (None, _) => mistakes.push(format!("{source}: there is no setting {full}")),
            (Some(Value::Table(inner)), Value::Table(value)) => {
                overlay(inner, value, &full, source, mistakes);
            }
            (Some(old), value) if old.same_type(&value) => *old = value,
            (Some(old), value) => mistakes.push(format!(
                "{source}: {full} must be {}, not {}",
                old.type_str(),
                value.type_str()
            )),
        }
    }
}

fn set(merged: &mut Table, key: &str, value: &str, source: &str, mistakes: &mut Vec<String>) {
    let (path, last) = key
        .rsplit_once('.')
        .map_or((None, key), |(path, last)| (Some(path), last));
    let table = match path {
        None => Some(merged),
        Some(path) => merged.get_mut(path).and_then(Value::as_table_mut),
    };
    let Some(old) = table.and_then(|table| table.get_mut(last)) else {
        mistakes.push(format!("{source}: there is no setting {key}"));
        return;
    };
    let parsed = match old {
        Value::Integer(_) => value.parse().ok().map(Value::Integer),
        Value::Boolean(_) => value.parse().ok().map(Value::Boolean),
        Value::String(_) => Some(Value::String(value.to_owned())),
        _ => None,
    };
    match parsed {
        Some(parsed) => *old = parsed,
        None => mistakes.push(format!("{source}: {key} must be {}", old.type_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn the_defaults_are_whole() {
        let config = Config::load(None, [], &[]).unwrap();
        assert_eq!(config.listen, "127.0.0.1:8080");
    }

    #[test]
    fn file_then_environment_then_flags() {
        let file = (
            "raquan.toml",
            "listen = \"0.0.0.0:1\"\n[limits]\nbody_bytes = 1\nimport_rows = 7",
        );
        let variables = environment(&[
            ("RAQUAN_LISTEN", "0.0.0.0:2"),
            ("RAQUAN_LIMITS__BODY_BYTES", "2"),
        ]);
        let flags = [("listen", "0.0.0.0:3".to_owned())];
        let config = Config::load(Some(file), variables, &flags).unwrap();
        assert_eq!(config.listen, "0.0.0.0:3");
        assert_eq!(
            (config.limits.body_bytes, config.limits.import_rows),
            (2, 7)
        );
    }

    #[test]
    fn all_mistakes_are_reported_together() {
        let file = (
            "raquan.toml",
            "lisen = \"x\"\ndatabase_connections = \"many\"",
        );
        let variables = environment(&[
            ("RAQUAN_DATABASE_URL", "mysql://user:secret@host/db"),
            ("RAQUAN_LIMITS__BODY_BYTES", "big"),
            ("RAQUAN_NOTHING", "1"),
        ]);
        let mistakes = Config::load(Some(file), variables, &[]).unwrap_err();
        let text = mistakes.join("\n");
        for part in [
            "raquan.toml: there is no setting lisen",
            "raquan.toml: database_connections must be integer, not string",
            "RAQUAN_LIMITS__BODY_BYTES: limits.body_bytes must be integer",
            "RAQUAN_NOTHING: there is no setting nothing",
            "database_url: must begin with",
        ] {
            assert!(text.contains(part), "{part} is missing in:\n{text}");
        }
        assert!(!text.contains("secret"));
    }
}
