//! scratch: probe ROOT PACKAGE DOCS.jsonl DIR [entries…]
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tests::probe::{Probe, Trial, TypeName};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let entries: Vec<&str> = args[4..].iter().map(String::as_str).collect();
    let target = std::env::var("PROBE_TARGET").unwrap();
    let probe = match Probe::generate(Path::new(&args[0]), &args[1], &entries, Path::new(&args[3]), Path::new(&target))
    {
        Ok(p) => p,
        Err(e) => {
            println!("GENERATE: {e:#}");
            return;
        }
    };
    let text = std::fs::read_to_string(&args[2]).unwrap();
    let mut lines = vec![];
    let mut trials = vec![];
    let mut missing = BTreeMap::<String, usize>::new();
    let mut types = std::collections::BTreeSet::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let name = TypeName {
            source: line["source"].as_str().unwrap().to_owned(),
            name: line["type"].as_str().unwrap().to_owned(),
        };
        if !probe.has(&name) {
            *missing.entry(format!("{} {}", name.source, name.name)).or_default() += 1;
            continue;
        }
        types.insert(name.clone());
        trials.push(Trial { type_name: name, document: line["document"].to_string() });
        lines.push(line);
    }
    let outcomes = match probe.run(&trials) {
        Ok(o) => o,
        Err(e) => {
            println!("RUN: {e:#}");
            return;
        }
    };
    let (mut valid, mut invalid, mut bad) = (0, 0, BTreeMap::<String, (usize, String)>::new());
    let mut count = 0;
    let mut note = |k: String, detail: String| {
        count += 1;
        let e = bad.entry(k).or_insert((0, detail));
        e.0 += 1;
    };
    for (line, out) in lines.iter().zip(outcomes) {
        let name = line["type"].as_str().unwrap();
        let doc = &line["document"];
        if line["valid"] == true {
            valid += 1;
            match out {
                Ok(again) => {
                    if let Some(d) = difference("", Some(doc), Some(&again)) {
                        note(format!("{name} CHANGED {}", generic(&d)), format!("{d}\n      {}", cut(&doc.to_string())))
                    }
                }
                Err(e) => {
                    note(format!("{name} REFUSED {}", generic(&e)), format!("{e}\n      {}", cut(&doc.to_string())))
                }
            }
        } else {
            invalid += 1;
            if out.is_ok() && line["tag"] != true {
                note(
                    format!("{name} TAKEN {} {}", line["mutation"], generic(&line["path"].to_string())),
                    cut(&doc.to_string()),
                );
            }
        }
    }
    for (k, (n, d)) in &bad {
        println!("{n}x {k}\n      {d}");
    }
    for (k, n) in &missing {
        println!("missing {k} ({n})");
    }
    println!(
        "{}: {} types, {valid} valid, {invalid} invalid, {count} differences; {} types missing",
        args[1],
        types.len(),
        missing.len()
    );
}
fn cut(s: &str) -> String {
    s.chars().take(600).collect()
}
fn generic(s: &str) -> String {
    let mut o = String::new();
    for c in s.chars().take(140) {
        if c.is_ascii_digit() {
            if !o.ends_with('#') {
                o.push('#')
            }
        } else {
            o.push(c)
        }
    }
    o
}
fn difference(path: &str, a: Option<&Value>, b: Option<&Value>) -> Option<String> {
    match (a, b) {
        (Some(Value::Object(x)), Some(Value::Object(y))) => x
            .keys()
            .chain(y.keys().filter(|k| !x.contains_key(*k)))
            .find_map(|k| difference(&format!("{path}.{k}"), x.get(k), y.get(k))),
        (Some(Value::Array(x)), Some(Value::Array(y))) if x.len() == y.len() => {
            x.iter().zip(y).enumerate().find_map(|(i, (x, y))| difference(&format!("{path}[{i}]"), Some(x), Some(y)))
        }
        (Some(Value::Number(x)), Some(Value::Number(y))) if x.as_f64() == y.as_f64() => None,
        _ if a == b => None,
        _ => Some(format!(
            "{path}: {} -> {}",
            cut(&a.map_or("nothing".into(), |v| v.to_string())),
            cut(&b.map_or("nothing".into(), |v| v.to_string()))
        )),
    }
}
