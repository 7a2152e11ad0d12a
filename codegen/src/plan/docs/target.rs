//! Where links go: a URL stays, a name becomes the path of what was generated for it, anything else becomes text.

use super::Links;

/// What a link in the source comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A URL, safe to be written between `<` and `>`.
    Url(String),
    /// The path of an item of the crate.
    Item(String),
    /// Nothing that a reader could follow.
    Nowhere,
}

/// What the target of a Markdown or HTML link comes to.
pub fn of_link(target: &str, links: &dyn Links) -> Target {
    let target = target.trim();
    if let Some(url) = url(target) {
        return Target::Url(url);
    }
    // A site's own marker, a place on the page that is not this page, a scheme that is not for reading.
    if target.is_empty() || target.starts_with(['!', '#']) || has_scheme(target) {
        return Target::Nowhere;
    }
    if let Some(path) = item(target, links) {
        return Target::Item(path);
    }
    match links.absolute(target).as_deref().and_then(url) {
        Some(url) => Target::Url(url),
        None => Target::Nowhere,
    }
}

/// What the name or URL of `{@link …}` comes to.
pub fn of_name(name: &str, links: &dyn Links) -> Target {
    match url(name) {
        Some(url) => Target::Url(url),
        None => item(name, links).map_or(Target::Nowhere, Target::Item),
    }
}

/// The path of the item that a name means: `User`, `User.id`, `User#id`, `User.getId()`.
fn item(name: &str, links: &dyn Links) -> Option<String> {
    let name = name.strip_suffix("()").unwrap_or(name).replace(['#', '~'], ".");
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let path = links.resolve(&name)?;
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#' | '@');
    path.chars().all(is_path).then_some(path)
}

/// The URL, if it is one that a reader may follow, with the characters encoded that Markdown would take for its own.
pub fn url(target: &str) -> Option<String> {
    let lower = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:"].iter().find(|scheme| lower.starts_with(**scheme));
    let (scheme, rest) = match known {
        Some(scheme) => (*scheme, &target[scheme.len()..]),
        None => ("https://", target.strip_prefix("//")?),
    };
    let is_address = rest.starts_with(char::is_alphanumeric);
    is_address.then(|| format!("{scheme}{}", encode(rest)))
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            ' ' | '"' | '(' | ')' | '<' | '>' | '[' | '\\' | ']' | '`' | '{' | '|' | '}' | '^' | '*' => {
                encoded.push_str(&format!("%{:02X}", sign as u32));
            }
            _ if sign.is_whitespace() || sign.is_control() => {}
            _ => encoded.push(sign),
        }
    }
    // An entity would be decoded.
    encoded.replace(';', "%3B")
}

fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The first URL that stands bare in a text: where it starts and ends. The full stop after it is not part of it, nor is
/// the bracket that was opened before it.
pub fn find_url(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(start) = text[from..].find("http").map(|at| from + at) {
        let rest = &text[start..];
        let scheme = ["https://", "http://"].iter().find(|scheme| rest.starts_with(**scheme));
        if let Some(scheme) = scheme {
            let length = url_length(rest);
            if length > scheme.len() && url(&rest[..length]).is_some() {
                return Some((start, start + length));
            }
        }
        from = start + "http".len();
    }
    None
}

fn url_length(text: &str) -> usize {
    let is_end = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^') || !c.is_ascii()
    };
    let mut length = text.find(is_end).unwrap_or(text.len());
    while let Some(last) = text[..length].chars().last() {
        let found = &text[..length];
        let is_closing =
            |open: char, close: char| last == close && found.matches(close).count() > found.matches(open).count();
        let is_trailing = matches!(last, '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '_' | '~' | '[' | '(');
        if !is_trailing && !is_closing('(', ')') && !is_closing('[', ']') {
            break;
        }
        length -= 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site;

    impl Links for Site {
        fn resolve(&self, name: &str) -> Option<String> {
            (name == "User.id").then(|| "crate::user::User::id".to_owned())
        }

        fn absolute(&self, target: &str) -> Option<String> {
            target.starts_with('/').then(|| format!("https://example.com{target}"))
        }
    }

    #[test]
    fn targets() {
        let of = |target| of_link(target, &Site);
        assert_eq!(of("https://a.b/c_(d)?e=<f>"), Target::Url("https://a.b/c_%28d%29?e=%3Cf%3E".to_owned()));
        assert_eq!(of("HTTPS://a.b"), Target::Url("https://a.b".to_owned()));
        assert_eq!(of("//a.b/c"), Target::Url("https://a.b/c".to_owned()));
        assert_eq!(of("/docs"), Target::Url("https://example.com/docs".to_owned()));
        assert_eq!(of("User#id"), Target::Item("crate::user::User::id".to_owned()));
        for nowhere in ["", "#x", "!x", "../x", "javascript:alert(1)", "data:text/html,x", "https://"] {
            assert_eq!(of(nowhere), Target::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn bare_urls() {
        let found = |text: &'static str| find_url(text).map(|(start, end)| &text[start..end]);
        assert_eq!(found("see (https://a.b/c)."), Some("https://a.b/c"));
        assert_eq!(found("http then https://a.b/c_(d), yes"), Some("https://a.b/c_(d)"));
        assert_eq!(found("xhttp://a.b"), Some("http://a.b"));
        assert_eq!(found("https://<your-domain>"), None);
    }
}
