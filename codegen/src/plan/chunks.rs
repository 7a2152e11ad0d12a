//! Files that a bundler named: how their names are told from names that people gave.

/// A file's name without what marks it as a declaration file: `User.d.ts` → `User`.
pub(super) fn stem(name: &str) -> &str {
    let mut stem = name;
    for extension in [".ts", ".mts", ".cts"] {
        if let Some(cut) = stem.strip_suffix(extension) {
            stem = cut;
            break;
        }
    }
    while let Some(cut) = stem.strip_suffix(".d") {
        stem = cut;
    }
    stem
}

/// Whether a file is a bundler's chunk: it lies in a folder for them, or the last part of its name is a hash.
pub(super) fn is_chunk(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folders.split('/').any(|folder| matches!(folder, "_chunks" | "chunks" | "_shared")) {
        return true;
    }
    let stem = stem(name);
    // A hash may hold the separators itself (`index-B9_x-f2Q`): every cut is tried.
    let cuts = stem.char_indices().filter(|(_, c)| matches!(c, '-' | '.' | '_'));
    cuts.into_iter().any(|(at, _)| at > 0 && is_hash(&stem[at + 1..]))
}

/// Whether a part of a name looks like a hash and like no word: six to sixteen letters and digits, mixed as no word
/// mixes them.
fn is_hash(part: &str) -> bool {
    let signs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !(6..=16).contains(&part.len()) || !part.chars().all(signs) {
        return false;
    }
    let digits = part.chars().any(|c| c.is_ascii_digit());
    let upper = part.chars().any(|c| c.is_ascii_uppercase());
    let lower = part.chars().any(|c| c.is_ascii_lowercase());
    let letters = part.chars().filter(char::is_ascii_alphabetic).count();
    match (digits, upper, lower) {
        // `chunk-P263NW7Z`
        (true, true, false) => !part.contains(['-', '_']) && !is_word_and_number(part),
        // `index-BkQ2x9aD`
        (true, true, true) => part.len() == 8 && scattered(part),
        // `index-4f9a2c1b`; words end in their number: `client2`
        (true, false, true) => {
            !part.contains(['-', '_']) && !is_word_and_number(part) && part.chars().all(|c| c.is_ascii_hexdigit())
        }
        // `index-DxufHAJd`; words of a camel-case name have three letters or more.
        (false, true, true) => part.len() == 8 && letters >= 6 && scattered(part),
        // `chunk-QWERTYUI`
        (false, true, false) => part.len() == 8 && letters == 8,
        _ => false,
    }
}

fn is_word_and_number(part: &str) -> bool {
    part.trim_end_matches(|c: char| c.is_ascii_digit()).chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether the text falls into pieces that are no words of a camel-case name.
fn scattered(part: &str) -> bool {
    let mut pieces = Vec::new();
    let mut length = 0_usize;
    let mut before = ' ';
    for c in part.chars() {
        if c.is_ascii_uppercase() || c.is_ascii_digit() != before.is_ascii_digit() || !c.is_ascii_alphanumeric() {
            pieces.push(length);
            length = 0;
        }
        length += 1;
        before = c;
    }
    pieces.push(length);
    let short = pieces.into_iter().filter(|length| (1..3).contains(length)).count();
    short >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_recognised() {
        for path in [
            "dist/index-DxufHAJd.d.ts",
            "dist/chunk-P263NW7Z.d.mts",
            "dist/types-BkQ2x9aD.d.ts",
            "dist/index.d-DxufHAJd.d.ts",
            "dist/index-4f9a2c1b.d.ts",
            "dist/_chunks/anything.d.ts",
        ] {
            assert!(is_chunk(path), "{path}");
        }
    }

    #[test]
    fn names_that_people_gave_are_not_chunks() {
        for path in [
            "dist/index.d.ts",
            "dist/api/resources/PhoneNumber.d.ts",
            "dist/api-SessionActivity.d.ts",
            "dist/oauth-client2.d.ts",
            "dist/react-native.d.ts",
            "dist/foo-MyThings.d.ts",
            "dist/api-2024-01-01.d.ts",
            "dist/authorization-errors.d.ts",
            "dist/SMS-JSON.d.ts",
        ] {
            assert!(!is_chunk(path), "{path}");
        }
    }

    #[test]
    fn stems_lose_every_mark() {
        assert_eq!(
            ["a.d.ts", "a.d.mts", "a.d.cts", "a.ts", "a.d.d.ts", "a.b.d.ts"].map(stem),
            ["a", "a", "a", "a", "a", "a.b"]
        );
    }
}
