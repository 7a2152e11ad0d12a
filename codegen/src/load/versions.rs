//! `typesVersions`: which of a package's declarations are for which TypeScript.
//!
//! We read as the newest TypeScript would; ranges are npm's, as far as packages use them there.

use serde_json::Value;

/// The version of TypeScript that we read as: newer than all that a range excludes.
const TYPESCRIPT: [u32; 3] = [5, 9, 3];

/// A `package.json` without the `typesVersions` that are for another TypeScript, and without those after the first that
/// is for ours. Anything else, and text that is no JSON, comes back as it was.
pub(super) fn without_others(bytes: Vec<u8>) -> Vec<u8> {
    let is_there = bytes.windows(14).any(|window| window == b"\"typesVersions");
    let Some(Value::Object(mut manifest)) = is_there.then(|| serde_json::from_slice(&bytes).ok()).flatten() else {
        return bytes;
    };
    if let Some(Value::Object(versions)) = manifest.get_mut("typesVersions") {
        let first =
            versions.iter().find(|(range, _)| matches(range)).map(|(range, paths)| (range.clone(), paths.clone()));
        *versions = first.into_iter().collect();
    }
    serde_json::to_vec(&manifest).unwrap_or(bytes)
}

/// Whether a range holds our TypeScript: `*`, `>=4.7`, `>=3.1 <4`, `<=5.6`, `<4 || >=5`.
pub(super) fn matches(range: &str) -> bool {
    // `>= 4.7` and `>=4.7` are the same.
    let range = range.replace("> ", ">").replace("< ", "<").replace("= ", "=");
    range.split("||").any(|alternative| alternative.split_whitespace().all(holds))
}

/// Whether one comparison holds.
fn holds(comparison: &str) -> bool {
    let digits = comparison.find(|at: char| at.is_ascii_digit()).unwrap_or(comparison.len());
    let (operator, version) = comparison.split_at(digits);
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).take(3).collect();
    let ours = &TYPESCRIPT[..parts.len()];
    match operator {
        // A shorter version stands for all that start with it: `<=5.9` holds for 5.9.3.
        ">=" | ">=v" => ours >= &parts[..],
        "<=" => ours <= &parts[..],
        ">" => ours > &parts[..],
        "<" => ours < &parts[..],
        "^" => ours[..1.min(ours.len())] == parts[..1.min(parts.len())] && ours >= &parts[..],
        "~" => ours[..2.min(ours.len())] == parts[..2.min(parts.len())] && ours >= &parts[..],
        _ => ours == &parts[..],
    }
}

#[cfg(test)]
mod tests {
    use super::{matches, without_others};

    #[test]
    fn ranges_are_npms() {
        for range in ["*", ">=4.7", ">= 4.7", ">=3.1 <6", "<=5.9", "<4 || >=5", "^5.1", "~5.9.1", "5", "5.x"] {
            assert!(matches(range), "{range}");
        }
        for range in ["<=5.6", ">5.9", ">=6", "<4 || >6", "^4", "~5.8", "4.2", ">=3.1 <4"] {
            assert!(!matches(range), "{range}");
        }
    }

    #[test]
    fn only_the_first_matching_version_is_left() {
        let text = r#"{"typesVersions":{"<=5.6":{"*":["a/*"]},">=4":{"*":["b/*"]},"*":{"*":["c/*"]}}}"#;
        let left = without_others(text.into());
        assert_eq!(String::from_utf8_lossy(&left), r#"{"typesVersions":{">=4":{"*":["b/*"]}}}"#);
        assert_eq!(without_others(b"{\"typesVersions\"".to_vec()), b"{\"typesVersions\"");
    }
}
