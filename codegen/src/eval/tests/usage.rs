//! What is reached, and from where.

use super::{Evaluated, schema_of};

fn usage(it: &Evaluated, name: &str) -> &'static str {
    let usage = it.schema.reached[&it.def(name)].usage;
    match (usage.input, usage.output) {
        (true, true) => "both",
        (true, false) => "input",
        (false, true) => "output",
        (false, false) => "none",
    }
}

#[test]
fn parameters_are_input_and_results_output() {
    let it = schema_of(
        "export declare class Api { create(params: Params): Promise<Page<User>>; list(f: (e: Event2) => void): void }
         interface Params { nested: Nested; shared: Shared }
         interface Nested { a: 1 }
         interface Shared { a: 1 }
         interface User { shared: Shared }
         interface Event2 { a: 1 }
         interface Page<T> { data: T[] }
         export interface Alone { part: Part }
         interface Part { a: 1 }
         interface Hidden { a: 1 }
         export {};",
    );
    let all = ["Params", "Nested", "Shared", "User", "Event2", "Page", "Alone", "Part"].map(|name| usage(&it, name));
    assert_eq!(all, ["input", "input", "both", "output", "output", "output", "output", "output"]);
    assert!(!it.schema.reached.contains_key(&it.def("Hidden")));
    let page = it.schema.instances.iter().find(|instance| instance.def == it.def("Page")).unwrap();
    assert_eq!((page.usage.input, page.usage.output), (false, true));
}

#[test]
fn operands_are_reached() {
    let it = schema_of(
        "declare function make(options: Options): { hidden: Hidden };
         interface Options { a: 1 }
         interface Hidden { a: 1 }
         export type Made = ReturnType<typeof make>;",
    );
    assert_eq!(usage(&it, "Options"), "input");
    assert_eq!(it.body("Made"), "{hidden: Hidden}");
}

#[test]
fn what_a_class_is_made_from_was_answered() {
    let it = schema_of(
        "export declare class User {
             private constructor(raw: Raw);
             static fromJSON(data: UserJSON): User;
             static create(params: CreateParams): User;
         }
         interface UserJSON { plan: PlanJSON }
         interface PlanJSON { a: 1 }
         interface CreateParams { a: 1 }
         interface Raw { a: 1 }
         export declare class Other { static fromJSON(data: Params): User }
         interface Params { a: 1 }",
    );
    let all = ["UserJSON", "PlanJSON", "CreateParams", "Params"].map(|name| usage(&it, name));
    assert_eq!(all, ["output", "output", "input", "input"]);
}
