//! Which crate may know which: the arrows drawn in ARCHITECTURE.md.

use serde_json::Value;

use crate::tree::Fault;

/// Each crate of the workspace with those it may depend on.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("policy", &["domain"]),
    ("cube", &["domain"]),
    ("report", &["domain"]),
    ("store", &["domain"]),
    ("raquan", &["report", "store", "cube", "policy", "domain"]),
    (
        "benches",
        &["raquan", "report", "store", "cube", "policy", "domain"],
    ),
    ("xtask", &["policy"]),
];

/// Dependencies between crates of the workspace that are not in the map.
pub fn faults(metadata: &Value) -> Vec<Fault> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let name = |package: &Value| package["name"].as_str().unwrap_or_default().to_owned();
    let members: Vec<String> = packages.iter().map(name).collect();
    let mut faults = Vec::new();
    for package in packages {
        let (from, manifest) = (name(package), manifest(package));
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(known, _)| *known == from) else {
            let what = format!(
                "crate `{from}` is not in the map: give it a paragraph in ARCHITECTURE.md and a row in {}",
                file!()
            );
            faults.push(Fault::new(&manifest, 0, what));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = name(dependency);
            if members.contains(&to) && !allowed.contains(&to.as_str()) {
                faults.push(Fault::new(
                    &manifest,
                    0,
                    format!("`{from}` may not depend on `{to}`: see \"Rooms\" in ARCHITECTURE.md"),
                ));
            }
        }
    }
    faults
}

fn manifest(package: &Value) -> String {
    let path = package["manifest_path"].as_str().unwrap_or_default();
    let parts: Vec<&str> = path.rsplit('/').take(3).collect();
    parts
        .into_iter()
        .rev()
        .skip_while(|part| *part != "crates")
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, dependencies: &[&str]) -> Value {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|name| json!({ "name": name }))
            .collect();
        json!({ "name": name, "manifest_path": format!("/x/crates/{name}/Cargo.toml"), "dependencies": dependencies })
    }

    #[test]
    fn an_arrow_that_points_back_is_found() {
        let metadata = json!({ "packages": [package("domain", &["store", "jiff"]), package("store", &["domain"])] });
        let faults = faults(&metadata);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].path, "crates/domain/Cargo.toml");
        assert!(
            faults[0]
                .what
                .starts_with("`domain` may not depend on `store`")
        );
    }

    #[test]
    fn a_crate_without_a_place_in_the_map_is_found() {
        let faults = faults(&json!({ "packages": [package("helpers", &[])] }));
        assert!(
            faults[0]
                .what
                .starts_with("crate `helpers` is not in the map")
        );
    }
}
