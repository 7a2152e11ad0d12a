//! Input that is nested without end.

use super::lower;
use crate::diagnostic::Code;

/// Far more than the limit of nesting.
const MANY: usize = 20_000;

#[test]
fn long_chains_end_in_a_diagnostic() {
    let chains = [
        format!("string{}", "[]".repeat(MANY)),
        format!("A{}", "['a']".repeat(MANY)),
        format!("{}string", "keyof ".repeat(MANY)),
        format!("{}1", "A extends 1 ? 2 : ".repeat(MANY)),
    ];
    for chain in chains {
        let lowered = lower(&format!("interface A {{}}\nexport type X = {chain};"));
        assert!(lowered.codes().contains(&Code::Budget), "{}", &chain[..20]);
    }
}

#[test]
fn conditional_chains_grow_long() {
    let chain = format!("{}1", "A extends 1 ? 2 : ".repeat(500));
    assert_eq!(lower(&format!("interface A {{}}\nexport type X = {chain};")).codes(), []);
}

#[test]
fn long_names_and_sums_do_no_harm() {
    let name = format!("a{}", ".b".repeat(MANY));
    let sum = format!("1{}", " + 1".repeat(MANY));
    lower(&format!("export type X = [{name}, typeof {name}];\nexport enum E {{ A = {sum} }}"));
}
