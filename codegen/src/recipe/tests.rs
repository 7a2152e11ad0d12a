//! What recipes say, and what is said of recipes that are wrong.

use super::{NumberRule, Recipe, RecipeInput, WireCase};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::rust::{IntTy, When};

const WHOLE: &str = r#"
[package]
name = "@clerk/backend"
entries = [".", "./webhooks"]

[numbers]
default = "i64"
"*JSON.*_at" = "UnixMillis"
"B.ratio" = { type = "f64", why = "a share" }

[strings]
closed = ["Status"]

[nulls]
absent_ok = ["A.b", { at = "A.c", why = "the API leaves it out" }]
null_ok = ["A.d"]
merge = ["A.e"]

[extra]
capture = ["JwtPayload"]

[wire]
case = { "CreateUserParams" = "snake", "UpdateParams" = { case = "deep-snake", why = "as sent" } }

[redact]
fields = ["token", "*secret*"]

[structs]
non_exhaustive = ["*JSON"]

[class."AgentTask.taskId"]
from = ["agent_task_id", "task_id"]
default = ""
when = "falsy"
why = "older servers"

[rename]
"A.b" = "c"

[types]
"A.f" = "Record<string, string>"

[derives]
"Key" = ["Eq", "Hash"]

[docs]
base = "https://example.com/docs"
examples = { "Key" = { code = "let key = 1;", why = "it is read first" } }

[features]
serde = ["dep:serde"]
"#;

/// `line:column message (hint)` of each.
fn lines(found: &[Diagnostic]) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let Place::Text { line, column, .. } = &diagnostic.place else { return diagnostic.message.clone() };
        let hint = diagnostic.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{line}:{column} {}{hint}", diagnostic.message)
    };
    found.iter().map(line).collect()
}

fn errors(text: &str) -> Vec<String> {
    lines(&Recipe::parse("codegen.toml", text).expect_err("the recipe is wrong"))
}

/// The errors of a recipe with a good `package.name` as its first line.
fn errors_below(text: &str) -> Vec<String> {
    errors(&format!("package.name = 'x'\n{text}"))
}

#[test]
fn every_key_is_read() {
    let recipe = Recipe::parse("codegen.toml", WHOLE).unwrap();
    let entries = vec![".".to_owned(), "./webhooks".to_owned()];
    assert_eq!(recipe.input, RecipeInput::Package { name: "@clerk/backend".to_owned(), entries });
    assert_eq!(recipe.number_default, NumberRule::Int(IntTy::I64));
    assert_eq!(recipe.numbers.find(&["SessionJSON.created_at"]), Some(&NumberRule::UnixMillis));
    assert_eq!(recipe.numbers.find(&["B.ratio"]), Some(&NumberRule::Float));
    assert_eq!(recipe.numbers.rows()[1].why.as_deref(), Some("a share"));
    assert!(recipe.closed.matches(&["Status"]) && !recipe.closed.matches(&["StatusX"]));
    assert_eq!(recipe.absent_ok.rows()[1].why.as_deref(), Some("the API leaves it out"));
    assert_eq!(recipe.case.find(&["UpdateParams"]), Some(&WireCase::DeepSnake));
    assert!(recipe.redact.matches(&["A.x", "client_secret_key"]));
    let class = recipe.class.find(&["AgentTask.taskId"]).unwrap();
    assert_eq!(class.from.as_deref(), Some(&["agent_task_id".to_owned(), "task_id".to_owned()][..]));
    assert_eq!((class.default.as_deref(), class.when), (Some("\"\""), When::Falsy));
    assert_eq!(recipe.rename.find(&["A.b"]).unwrap(), "c");
    assert_eq!(recipe.derives.find(&["Key"]).unwrap(), &["Eq", "Hash"]);
    assert_eq!(recipe.docs_base.as_deref(), Some("https://example.com/docs"));
    assert_eq!(recipe.examples.find(&["Key"]).unwrap(), "let key = 1;");
    assert_eq!(recipe.features["serde"], ["dep:serde"]);
}

#[test]
fn an_alternative_may_be_empty() {
    let recipe = Recipe::parse("codegen.toml", "package.name = 'x'\nredact.fields = ['{A,B}{,JSON}.url']").unwrap();
    let matching = ["A.url", "BJSON.url", "AX.url", "JSON.url"].map(|name| recipe.redact.matches(&[name]));
    assert_eq!(matching, [true, true, false, false]);
}

#[test]
fn class_rows_say_what_is_read_and_what_stands_in() {
    let text = "package.name = 'x'
        [class.'A.a']\nfrom = []\nwhy = 'never read'
        [class.'A.b']\nwhen = 'falsy'\nwhy = 'x || null'
        [class.'A.c']\ndefault = {}\nwhen = 'absent'\nwhy = 'an argument'
        [class.'A.d']\ndefault = 1\nwhy = 'x ?? 1'";
    let recipe = Recipe::parse("codegen.toml", text).unwrap();
    let row = |name: &str| recipe.class.find(&[name]).cloned().unwrap();
    let said = |name: &str| (row(name).default, row(name).when);
    assert_eq!(row("A.a").from.as_deref(), Some(&[] as &[String]));
    assert_eq!(said("A.b"), (Some("null".to_owned()), When::Falsy));
    assert_eq!(said("A.c"), (Some("{}".to_owned()), When::Absent));
    assert_eq!(said("A.d"), (Some("1".to_owned()), When::Nullish));
    assert_eq!(
        errors_below("[class.'A.b']\nwhen = 'absent'\nwhy = 'x'"),
        ["2:8 the row `A.b` has `when` and no `default`"]
    );
}

#[test]
fn rows_that_match_nothing_are_errors_at_their_place() {
    let recipe = Recipe::parse("codegen.toml", WHOLE).unwrap();
    recipe.absent_ok.find(&["A.b"]);
    recipe.numbers.find(&["XJSON.y_at"]);
    let unused = recipe.unused();
    assert!(unused.iter().all(|diagnostic| diagnostic.code == Code::UnusedRow));
    let hint = "(remove the row, or write the name as the declarations spell it)";
    let lines = lines(&unused);
    assert_eq!(lines[0], format!("9:1 `B.ratio` matches nothing {hint}"));
    assert_eq!(lines[1], format!("12:11 `Status` matches nothing {hint}"));
    assert_eq!(lines[2], format!("15:28 `A.c` matches nothing {hint}"));
    assert!(lines.iter().any(|line| line.starts_with("31:8 `AgentTask.taskId`")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("48:14 `Key`")), "{lines:#?}");
    assert_eq!(lines.len(), 16);
}

#[test]
fn the_last_row_that_matches_wins_in_the_order_of_the_file() {
    let recipe =
        Recipe::parse("r", "[files]\npaths=['a']\n[numbers]\n'b*' = 'i64'\n'*' = 'u64'\n'bc' = 'f64'\n").unwrap();
    assert_eq!(recipe.numbers.find(&["bx"]), Some(&NumberRule::Int(IntTy::U64)));
    assert_eq!(recipe.numbers.find(&["bc"]), Some(&NumberRule::Float));
}

#[test]
fn unknown_keys_name_the_known_ones() {
    assert_eq!(
        errors_below("[nulls]\nabsent-ok = []\n[docs]\n\"ä\" = 1"),
        [
            "3:1 unknown key `absent-ok` in `[nulls]` (known here: `absent_ok`, `null_ok`, `merge`)",
            "5:1 unknown key `ä` in `[docs]` (known here: `base`, `examples`)",
        ]
    );
    assert!(
        errors_below("[number]\n")[0].starts_with("2:2 unknown key `number` in the recipe (known here: `package`,")
    );
    assert_eq!(
        errors_below("[nulls]\nmerge = [{ at = 'A', wy = 'x' }]"),
        ["3:22 unknown key `wy` in this row (known here: `at`, `why`)"]
    );
}

#[test]
fn wrong_values_say_what_is_expected() {
    assert_eq!(errors_below("[nulls]\nmerge = 'A'"), ["3:9 expected an array of globs, found a string"]);
    assert_eq!(
        errors_below("[numbers]\n'A' = 'f32'\nB.c = 'f64'"),
        [
            "3:7 `f32` is no number type (one of `f64`, `i32`, `i64`, `u32`, `u64`, `UnixMillis`, `UnixSeconds`)",
            "4:3 unknown key `c` in this row (known here: `type`, `why`)",
            "4:1 the row `B` needs `type` (a glob with a dot in it stands between quotes: `\"Type.field\"`)",
        ]
    );
    assert_eq!(
        errors_below("[class.'A.b']\ndefault = 2020-01-01\nwhen = 'falsy'\n[derives]\nA = ['#[x]']"),
        [
            "3:11 JSON has no dates; write it as a string",
            "2:8 the row `A.b` needs `why`",
            "6:5 `#[x]` is nothing that can be derived (one of `Copy`, `Default`, `Eq`, `Hash`, `Ord`, `PartialEq`, \
             `PartialOrd`, or a macro's path, `krate::Macro`)",
        ]
    );
    assert_eq!(errors_below("[docs]\nbase = 'x)['"), ["3:8 `base` is the address of a web page, `https://…`"]);
    assert_eq!(errors_below("[docs.examples]\nA = ' '"), ["3:5 an example has code"]);
    assert_eq!(errors_below("[docs.examples]\nA = 1"), ["3:5 expected a string, found an integer"]);
}

#[test]
fn globs_are_checked() {
    let long = format!("[redact]\nfields = ['a[', '', '{}']", "x".repeat(301));
    let found = errors_below(&long);
    assert!(found[0].starts_with("3:11 `a[` is no glob: "), "{found:?}");
    assert_eq!(found[1], "3:17 a glob has from 1 to 300 characters");
    assert_eq!(found[2], "3:21 a glob has from 1 to 300 characters");
}

#[test]
fn there_is_exactly_one_input() {
    let hint = "(add `[package]` with `name`, or `[files]` with `paths`)";
    assert_eq!(errors(""), [format!("1:1 the recipe does not say where the declarations are {hint}")]);
    assert_eq!(
        errors("[package]\nname = 'x'\n[files]\npaths = ['a']"),
        ["3:2 a recipe has `[package]` or `[files]`, not both"]
    );
    assert_eq!(errors("[package]\n"), ["1:2 `[package]` needs `name`"]);
    assert_eq!(errors("[files]\n"), ["1:2 `[files]` needs `paths`, with at least one file"]);
    assert_eq!(errors("[package]\nname = '../x'"), ["2:8 `../x` is no name of an npm package"]);
}

#[test]
fn what_is_no_toml_is_refused_with_its_place() {
    let found = errors("[package]\nname = @\n");
    assert!(found[0].starts_with("2:8 "), "{found:?}");
    assert!(errors("[package]\nname = 'a'\nname = 'b'\n")[0].starts_with("3:1 "), "duplicate keys");
    // No depth overflows the stack.
    assert!(!errors(&format!("a = {}", "[".repeat(100_000))).is_empty());
    assert!(!errors(&format!("a{} = 1", ".a".repeat(100_000))).is_empty());
}
