//! What comments read as, and what no text may do.

use super::{Links, render};
use crate::model::{Doc, DocTag};
use crate::source::{FileId, Location};

struct Site;

impl Links for Site {
    fn resolve(&self, name: &str) -> Option<String> {
        match name {
            "User" => Some("crate::user::User".to_owned()),
            "Near" => Some("Near".to_owned()),
            "Twin" => Some("crate::twin::Twin".to_owned()),
            _ => None,
        }
    }

    fn may_be_in_scope(&self, path: &str) -> bool {
        path.ends_with("Twin")
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
    same("> quoted\n>\n> more\n\n___\n\n[x](https://a.b/c \"title\") ![i](https://a.b/i.png)");
    same("- [x] done\n- [ ] open");
}

#[test]
fn links() {
    becomes("{@link User}", "[`User`](crate::user::User)");
    becomes("{@link Near}, {@link Twin}", "[`Near`], [`Twin`](type@crate::twin::Twin)");
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
    becomes("<ul>\n <li> _salt:_ the `salt` </li>\n <li> **x** </li>\n</ul>", "- _salt:_ the `salt`\n- **x**");
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
fn notes_hold_no_links() {
    let rendered = render(&doc("", &[("deprecated", "Use Foo[] or `bar[]` [x]")]), &Site);
    assert_eq!(rendered.deprecated.as_deref(), Some("Use Foo\\[\\] or `bar[]` \\[x\\]"));
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

/// Answers nothing: what is rendered once must then render as it is.
struct Nothing;

impl Links for Nothing {
    fn resolve(&self, _: &str) -> Option<String> {
        None
    }

    fn absolute(&self, _: &str) -> Option<String> {
        None
    }
}

/// What is wrong with Markdown as rustdoc reads it.
fn faults(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let broken = std::cell::RefCell::new(Vec::new());
    let note = |link: BrokenLink<'_>| {
        broken.borrow_mut().push(format!("broken link {}", link.reference));
        None
    };
    let (mut faults, mut open) = (Vec::new(), Vec::new());
    let (mut prose, mut silent) = (String::new(), 0);
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(note)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if !info.is_empty() && &*info != "rust" => {
                silent += 1
            }
            Event::Start(Tag::CodeBlock(kind)) => faults.push(format!("code {kind:?}")),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let known = ["https://", "http://", "mailto:", "crate::"];
                if !known.iter().any(|start| dest_url.starts_with(start)) {
                    faults.push(format!("target {dest_url}"));
                }
                silent += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => silent -= 1,
            Event::Html(tag) | Event::InlineHtml(tag) => match &*tag {
                "<br>" => {}
                "<sub>" | "<sup>" | "<ul>" | "<ol>" | "<li>" => open.push(tag.replace('<', "</")),
                end if open.last().is_some_and(|last| last == end) => drop(open.pop()),
                other => faults.push(format!("tag {other}")),
            },
            Event::Text(text) if silent == 0 => prose.push_str(&text),
            Event::FootnoteReference(name) => faults.push(format!("footnote {name}")),
            _ => prose.push(' '),
        }
    }
    if let Some((start, end)) = super::target::find_url(&prose) {
        faults.push(format!("bare {}", &prose[start..end]));
    }
    faults.extend(open);
    faults.extend(broken.into_inner());
    faults
}

/// Pieces of comments, the more troublesome the better.
const PIECES: &[&str] = &[
    "a",
    "b",
    "word",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "~~~",
    "#",
    "##",
    "-",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "1",
    ".",
    ")",
    ">",
    "> ",
    "<",
    "</",
    "/>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<br/>",
    "<hr>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<thead>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "<T>",
    "<string>",
    "<Foo />",
    "<Tab>",
    "</Tab>",
    "<a href='https://a.b/c'>",
    "<a onclick=x>",
    "</a>",
    "<sub>",
    "</sub>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<!--",
    "-->",
    "<!",
    "<?",
    "<img src=x>",
    "<h2>",
    "</h2>",
    "[",
    "]",
    "(",
    "](",
    "](https://a.b)",
    "[x]: /y",
    "[x]",
    "[^1]",
    "[^1]: ",
    "![",
    "!",
    "|",
    "| a |",
    "|---|",
    "---",
    "===",
    "https://a.b/c",
    "http://",
    "https://a.b.",
    "{@link X}",
    "{@link https://a.b | c}",
    "{@link X | y_z}",
    "{@",
    "}",
    "{{ a: 'b' }}",
    "{{",
    "\\",
    "\\*",
    "&",
    "&lt;",
    "&amp;",
    "&#42;",
    "\"",
    "'",
    "\r\n",
    "\u{202E}",
    "\u{0}",
    "é",
    "\u{A0}",
    "$",
    "- [ ] ",
    "- [x] ",
    "> [!NOTE]\n",
    "^",
    "=",
    ":",
    ":-",
    "<https://a.b>",
    "<a@b.c>",
    "<x:y>",
    "::",
    "```rust\n",
    "~~~js\n",
    "{",
    "@",
];

fn any_comment() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_text_is_more_than_documentation(source in any_comment()) {
        for tag in ["", "example", "default", "see", "throws", "experimental", "note"] {
            let doc = if tag.is_empty() { doc(&source, &[]) } else { doc("", &[(tag, source.trim())]) };
            let rendered = render(&doc, &Site).lines;
            for line in &rendered {
                proptest::prop_assert!(!line.ends_with(' ') && !line.contains(char::is_control), "{line:?} of {source:?}");
            }
            let markdown = rendered.join("\n");
            let faults = faults(&markdown);
            proptest::prop_assert!(faults.is_empty(), "{faults:?} in {markdown:?} of {source:?}");
        }
    }

    #[test]
    fn what_is_written_reads_as_it_was_meant(source in any_comment()) {
        let once = render(&doc(&source, &[]), &Nothing).lines.join("\n");
        // What falls together from pieces is read as a tag the second time, as it should be.
        proptest::prop_assume!(!once.contains("{@") && !once.contains("{{"));
        let twice = render(&doc(&once, &[]), &Nothing).lines.join("\n");
        proptest::prop_assert_eq!(&once, &twice, "of {:?}", source);
    }
}

#[test]
fn spaces_in_code_are_written_once() {
    for source in ["a```  ```rust\n", "a```  ```rust", "x ``  `` y", "``` a  b ```", "`  `", "` `<ul>*"] {
        let once = render(&doc(source, &[]), &Nothing).lines.join("\n");
        let twice = render(&doc(&once, &[]), &Nothing).lines.join("\n");
        assert_eq!(once, twice, "of {source:?}");
    }
}
