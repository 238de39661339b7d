//! Licenses of the Rust and npm dependencies, held against the allow list in `xtask/licenses.toml`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::spdx;
use crate::tree::{self, Fault};

const LIST: &str = "xtask/licenses.toml";
const NPM_LOCK: &str = "web/package-lock.json";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// Licenses whose code we may ship.
    allow: Vec<String>,
    /// Licenses of tools that run while building or testing and are not shipped.
    allow_tools: Vec<String>,
    /// Packages judged one by one.
    #[serde(default)]
    exception: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The package's name; a `*` at the end stands for any ending.
    package: String,
    /// The license that was found by reading, or that the package states.
    license: String,
    /// Why it may be used.
    reason: String,
}

struct Package {
    name: String,
    version: String,
    license: Option<String>,
    is_tool: bool,
}

/// Dependencies whose license is not allowed, or not known.
pub fn faults(root: &Path) -> Result<Vec<Fault>> {
    let rules =
        std::fs::read_to_string(root.join(LIST)).with_context(|| format!("reading {LIST}"))?;
    let rules: Rules = toml::from_str(&rules).with_context(|| format!("reading {LIST}"))?;
    for exception in &rules.exception {
        ensure!(
            !exception.reason.is_empty(),
            "{LIST}: the exception for {} gives no reason",
            exception.package
        );
    }
    let metadata = tree::cargo_metadata(root, &["--filter-platform", "x86_64-unknown-linux-gnu"])?;
    let mut faults = judge("Cargo.lock", &cargo_packages(&metadata), &rules);
    let lock = root.join(NPM_LOCK);
    if lock.is_file() {
        let lock: Value = serde_json::from_slice(&std::fs::read(lock)?)
            .with_context(|| format!("reading {NPM_LOCK}"))?;
        faults.extend(judge(NPM_LOCK, &npm_packages(&lock), &rules));
    }
    Ok(faults)
}

fn cargo_packages(metadata: &Value) -> Vec<Package> {
    let of_others = |package: &&Value| !package["source"].is_null();
    let packages = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(of_others);
    packages
        .map(|package| Package {
            name: text(&package["name"]),
            version: text(&package["version"]),
            license: package["license"].as_str().map(str::to_owned),
            is_tool: false,
        })
        .collect()
}

fn npm_packages(lock: &Value) -> Vec<Package> {
    let packages = lock["packages"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.is_empty());
    packages
        .map(|(path, package)| Package {
            name: path
                .rsplit_once("node_modules/")
                .map_or(path.as_str(), |(_, name)| name)
                .to_owned(),
            version: text(&package["version"]),
            license: package["license"].as_str().map(str::to_owned),
            is_tool: package["dev"].as_bool().unwrap_or(false),
        })
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn judge(file: &str, packages: &[Package], rules: &Rules) -> Vec<Fault> {
    let tools: Vec<String> = rules
        .allow
        .iter()
        .chain(&rules.allow_tools)
        .cloned()
        .collect();
    let mut faults = Vec::new();
    for Package {
        name,
        version,
        license,
        is_tool,
    } in packages
    {
        let exception = rules
            .exception
            .iter()
            .find(|exception| exception.covers(name));
        let stated = license.as_deref();
        if exception
            .is_some_and(|exception| stated.is_none_or(|stated| stated == exception.license))
        {
            continue;
        }
        let allowed = if *is_tool { &tools } else { &rules.allow };
        let what = match stated.map(|stated| (stated, spdx::is_satisfied(stated, allowed))) {
            Some((_, Ok(true))) => continue,
            Some((stated, Ok(false))) => format!("is under `{stated}`, which is not allowed"),
            Some((_, Err(error))) => format!("has a license that cannot be read: {error}"),
            None => "states no license".to_owned(),
        };
        faults.push(Fault::new(
            file,
            0,
            format!("{name} {version} {what}; choose another package or see {LIST}"),
        ));
    }
    faults
}

impl Exception {
    fn covers(&self, name: &str) -> bool {
        match self.package.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => self.package == name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules() -> Rules {
        let text = "allow = ['MIT']\nallow_tools = ['MPL-2.0']\n\
                    [[exception]]\npackage = 'font-*'\nlicense = 'OFL-1.1'\nreason = 'fonts may be embedded'\n";
        toml::from_str(text).expect("rules that can be read")
    }

    fn check(license: Option<&str>, is_tool: bool, expected: &str) {
        let package = json!({ "version": "1.0.0", "license": license, "dev": is_tool });
        let lock = json!({ "packages": { "": {}, "node_modules/a/node_modules/@b/c": package } });
        let faults = judge(NPM_LOCK, &npm_packages(&lock), &rules());
        let found = faults.first().map_or("", |fault| fault.what.as_str());
        assert!(
            found.starts_with(expected) && found.is_empty() == expected.is_empty(),
            "{found}"
        );
    }

    #[test]
    fn each_package_is_held_against_the_list() {
        check(Some("MIT"), false, "");
        check(Some("MPL-2.0"), false, "@b/c 1.0.0 is under `MPL-2.0`");
        check(Some("MPL-2.0"), true, "");
        check(None, false, "@b/c 1.0.0 states no license");
        check(
            Some("see LICENSE"),
            false,
            "@b/c 1.0.0 has a license that cannot be read",
        );
    }

    #[test]
    fn an_exception_holds_for_its_license_only() {
        let package = |license: &str| Package {
            name: "font-viet".to_owned(),
            version: "1".to_owned(),
            license: Some(license.to_owned()),
            is_tool: false,
        };
        assert!(judge("Cargo.lock", &[package("OFL-1.1")], &rules()).is_empty());
        assert_eq!(
            judge("Cargo.lock", &[package("GPL-3.0-only")], &rules()).len(),
            1
        );
    }

    #[test]
    fn crates_of_the_workspace_are_not_judged() {
        let metadata = json!({ "packages": [
            { "name": "domain", "version": "0", "source": null, "license": null },
            { "name": "a", "version": "1", "source": "registry", "license": "GPL-3.0-only" },
        ] });
        assert_eq!(
            judge("Cargo.lock", &cargo_packages(&metadata), &rules()).len(),
            1
        );
    }
}
