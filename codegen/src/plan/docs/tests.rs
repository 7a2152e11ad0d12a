//! What comments read as, and what no text may do.

use super::{Links, render};
use crate::model::{Doc, DocTag};
use crate::source::{FileId, Location};

struct Site;

impl Links for Site {
    fn resolve(&self, name: &str) -> Option<String> {
        (name == "User").then(|| "crate::user::User".to_owned())
    }

    fn absolute(&self, target: &str) -> Option<String> {
        target.starts_with('/').then(|| format!("https://example.com{target}"))
    }
}

fn doc(text: &str, tags: &[(&str, &str)]) -> Doc {
    let tags = tags.iter().map(|(name, text)| DocTag { name: (*name).to_owned(), text: (*text).to_owned() }).collect();
    Doc { text: text.to_owned(), tags, location: Location { file: FileId(0), line: 1, column: 1 } }
}

fn text(source: &str) -> String {
    render(&doc(source, &[]), &Site).lines.join("\n")
}

#[track_caller]
fn same(source: &str) {
    assert_eq!(text(source), source);
}

#[track_caller]
fn becomes(source: &str, expected: &str) {
    assert_eq!(text(source), expected, "from {source:?}");
}

#[test]
fn ordinary_markdown_stays_as_it_is() {
    same("The _salt_ of `a_b`, snake_case, 2 * 3, **bold** and ~~gone~~.\nSecond line.\n\nNext.");
    same("- one\n- two\n  more\n  - deep\n\n1. first\n2. second");
    same("| a | b |\n| --- | ---: |\n| `x\\|y` | 2 |");
    same("> quoted\n>\n> more\n\n---\n\n[x](https://a.b/c \"title\") ![i](https://a.b/i.png)");
    same("- [x] done\n- [ ] open");
}

#[test]
fn links() {
    becomes("{@link User}", "[`User`](crate::user::User)");
    becomes("{@linkplain User}", "[User](crate::user::User)");
    becomes("{@link User | the *user*}", "[the \\*user\\*](crate::user::User)");
    becomes("{@link User the user} and [it]{@link User}", "[the user](crate::user::User) and [it](crate::user::User)");
    becomes("{@link Nobody}, {@link Nobody | nobody}", "`Nobody`, nobody");
    becomes("{@link https://a.b/c}, {@link https://a.b/c see}", "<https://a.b/c>, [see](https://a.b/c)");
    becomes("`{@link User}` {@inheritDoc User}{@foo bar}", "`{@link User}` bar");
    becomes(
        "See https://a.b/c_d_e. [x](/docs), [y](!marker), [z](../z)",
        "See <https://a.b/c_d_e>. [x](https://example.com/docs), y, z",
    );
    becomes("[a][r] [User] Foo[]\n\n[r]: https://a.b", "[a](https://a.b) \\[User\\] Foo\\[\\]");
    becomes(
        "[a](https://a.b){{ target: '_blank' }}, {{ target: '_blank' }} done {{x}}",
        "[a](https://a.b), done {{x}}",
    );
    becomes("[js](javascript:alert(1)) <javascript:x>", "js javascript:x");
}

#[test]
fn html() {
    becomes("Array<string> of <T>, a &lt; b && c", "Array\\<string> of \\<T>, a < b && c");
    becomes(
        "<b>bold</b> <i>x</i> <code>a_b</code> x<sub>2</sub><br/>next <a href=\"https://a.b\" onclick=\"x\">l</a>",
        "**bold** _x_ `a_b` x<sub>2</sub>\\\nnext [l](https://a.b)",
    );
    becomes(
        "Text:\n<ul>\n <li>`x`: one [l](https://a.b)</li>\n <li>two\n   <ul><li>deep</li></ul></li>\n</ul>\nEnd.",
        "Text:\n\n- `x`: one [l](https://a.b)\n- two\n  - deep\n\nEnd.",
    );
    becomes("a <!-- no --> b <script>alert(1)</script>", "a b");
    becomes("<script>\nalert(1)\n</script>\n\nx <b>open and </i>", "x \\<b>open and");
    becomes(
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>-</td></tr></table>",
        "| a | b |\n| --- | --- |\n| 1 | - |",
    );
    becomes("| a |\n|--|\n| x<br>y <ul><li>z</li></ul> |", "| a |\n| --- |\n| x<br>y<br><ul><li>z</li></ul> |");
    becomes("<details>\n<summary>More</summary>\n\nInner **text**.\n\n</details>", "**More**\n\nInner **text**.");
    becomes("<pre>a &lt; <b>b</b></pre>", "```ts\na < b\n```");
    becomes("<Tabs items='a'>\n<Tab>\n\ntext\n\n</Tab>\n</Tabs>", "text");
}

#[test]
fn code_is_never_rust() {
    becomes(
        "```\nx\n```\n\n```rust,ignore\nx\n```\n\n```tsx {{ filename: 'x' }}\nx\n```\n\n```JSON\n{}\n```",
        "```ts\nx\n```\n\n```text\nx\n```\n\n```ts\nx\n```\n\n```json\n{}\n```",
    );
    becomes("a\n\n    indented <T>\n\tx", "a\n\n```ts\nindented <T>\nx\n```");
    becomes("````\n```\n````", "````ts\n```\n````");
    becomes("- a\n\n  ```js\n  x\n\n  y\n  ```", "- a\n\n  ```ts\n  x\n\n  y\n  ```");
}

#[test]
fn headings_go_below_ours() {
    becomes("# a\n\n## b #", "## a\n\n### b");
    becomes("Title\n===\n\nx", "## Title\n\nx");
}

#[test]
fn tags() {
    let source = doc(
        "Text.",
        &[
            ("deprecated", "Use {@link User} or\n`x` [here](https://a.b)."),
            ("internal", ""),
            ("experimental", ""),
            ("default", "true"),
            ("example", "<caption>Cap</caption>\nconst a = 1;"),
            ("example", "Titled\n```js\nb\n```"),
            ("see", "User"),
            ("see", "https://a.b"),
            ("throws", "{Foo} when *x*"),
            ("remarks", "More."),
            ("param", "x y"),
            ("privateRemarks", "no"),
        ],
    );
    let rendered = render(&source, &Site);
    assert_eq!(rendered.deprecated.as_deref(), Some("Use `User` or `x` here."));
    assert!(rendered.hidden);
    let expected = "Text.\n\nMore.\n\n**Experimental**\n\nDefault: `true`\n\n# See also\n\n- [`User`](crate::user::User)\n- <https://a.b>\n\n\
        # Errors\n\n- `Foo`: when _x_\n\n# Examples\n\nCap\n\n```ts\nconst a = 1;\n```\n\nTitled\n\n```ts\nb\n```";
    assert_eq!(rendered.lines.join("\n"), expected);
}

#[test]
fn schema_tags_are_short_lines() {
    let source = doc("", &[("format", "email"), ("minLength", "3"), ("default", "The current `origin`")]);
    let lines = render(&source, &Site).lines;
    assert_eq!(lines, ["- Format: `email`", "- Minimum length: `3`", "- Default: The current `origin`"]);
}

#[test]
fn a_comment_without_text_gives_no_lines() {
    assert!(render(&doc(" \n ", &[("param", "x")]), &Site).lines.is_empty());
}
