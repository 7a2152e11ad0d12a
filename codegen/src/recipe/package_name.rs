//! npm's grammar of package names.

/// Names may not be longer than this.
const LONGEST: usize = 214;

/// Whether npm would let a package be published under this name: `name` or `@scope/name`, of lower-case URL-safe
/// characters. What passes is safe as a path below `node_modules` and as a word of a command line.
pub fn is_package_name(name: &str) -> bool {
    let parts_are_valid = match name.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').is_some_and(|(scope, name)| is_part(scope) && is_part(name)),
        None => is_part(name) && !matches!(name, "node_modules" | "favicon.ico"),
    };
    parts_are_valid && name.len() <= LONGEST
}

/// Upper case is allowed: packages older than npm's rule against it are still there (`JSONStream`). A leading hyphen is
/// not, old as such names are too: on a command line it would be an option.
fn is_part(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_alphanumeric())
        && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'))
}

#[cfg(test)]
mod tests {
    use super::is_package_name;

    #[test]
    fn names_of_packages_are_told_from_paths_and_options() {
        for name in ["express", "@clerk/backend", "lodash.get", "JSONStream", "vega-lite", "7zip", "a_b~c"] {
            assert!(is_package_name(name), "{name}");
        }
        let long = "a".repeat(215);
        let invalid = [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "@a",
            "@/a",
            "@a/",
            "@a/b/c",
            "@../b",
            "@a/..",
            "_x",
            ".x",
            "-g",
            "a b",
            "a\nb",
            "ä",
            "a;b",
            "a@1",
            "file:x",
            "node_modules",
            "@a/_b",
            &long,
        ];
        for name in invalid {
            assert!(!is_package_name(name), "{name:?}");
        }
    }
}
