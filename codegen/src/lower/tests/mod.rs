//! Snippets lowered whole, and what the model says of them.

mod classes;
mod declarations;
mod docs;
mod enums;
mod limits;
mod members;
mod names;
mod show;

mod types;
mod values;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{self, Input};
use crate::model::{ClassDef, Def, DefId, DefKind, Doc, Member, Model, PropertyDef, PropertyKey, Ty};
use crate::{lower, parse, symbols};
use show::Show;

/// A lowered input.
struct Lowered {
    model: Model,
    found: Vec<Diagnostic>,
}

/// Lowers one file.
fn lower(text: &str) -> Lowered {
    lower_files(&[("index.d.ts", text)])
}

/// Lowers files; the first is the entry.
fn lower_files(files: &[(&str, &str)]) -> Lowered {
    let input = Input::Memory {
        files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        entries: vec![files[0].0.to_owned()],
    };
    let loader = load::open(&input).expect("the entry is there");
    let (sources, modules, mut found) = parse::parse_all(&loader);
    let (symbols, more) = symbols::collect(&sources, &modules);
    found.extend(more);
    let (model, more) = lower::lower(&sources, &modules, &symbols);
    found.extend(more);
    Lowered { model, found }
}

impl Lowered {
    fn all(&self, name: &str) -> Vec<&Def> {
        self.model.defs.iter().filter(|def| def.name == name).collect()
    }

    fn def(&self, name: &str) -> &Def {
        self.all(name).first().unwrap_or_else(|| panic!("`{name}` is not declared: {:?}", self.found))
    }

    fn id(&self, name: &str) -> DefId {
        let index = self.model.defs.iter().position(|def| def.name == name).expect("it is declared");
        DefId(index as u32)
    }

    fn class(&self, name: &str) -> &ClassDef {
        match &self.def(name).kind {
            DefKind::Class(class) => class,
            other => panic!("no class: {other:?}"),
        }
    }

    /// The type of an alias or a value.
    fn ty(&self, name: &str) -> &Ty {
        match &self.def(name).kind {
            DefKind::Alias(ty) | DefKind::Value(ty) => ty,
            other => panic!("no alias and no value: {other:?}"),
        }
    }

    fn show(&self, ty: &Ty) -> String {
        Show(&self.model).ty(ty)
    }

    fn shown(&self, name: &str) -> String {
        self.show(self.ty(name))
    }

    fn members(&self, members: &[Member]) -> Vec<String> {
        members.iter().map(|member| Show(&self.model).member(member)).collect()
    }

    /// The members of an interface or of a class's instance.
    fn members_of(&self, name: &str) -> Vec<String> {
        match &self.def(name).kind {
            DefKind::Interface(interface) => self.members(&interface.members),
            DefKind::Class(class) => self.members(&class.members),
            other => panic!("no members: {other:?}"),
        }
    }

    fn codes(&self) -> Vec<Code> {
        self.found.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// Fails if anything was found.
    fn clean(self) -> Self {
        assert_eq!(self.found, []);
        self
    }
}

/// The type of `type X = …`, shown, where nothing is to be complained of.
fn alias(ty: &str) -> String {
    lower(&format!("export type X = {ty};\n")).clean().shown("X")
}

/// The type of `export const x …`, shown, where nothing is to be complained of.
fn value(rest: &str) -> String {
    lower(&format!("export declare const x{rest};\n")).clean().shown("x")
}

fn text(doc: Option<&Doc>) -> Option<&str> {
    doc.map(|doc| doc.text.as_str())
}

fn property<'m>(members: &'m [Member], name: &str) -> &'m PropertyDef {
    let properties = members.iter().filter_map(|member| match member {
        Member::Property(property) => Some(property),
        _ => None,
    });
    let key = PropertyKey::Name(name.to_owned());
    properties.into_iter().find(|property| property.key == key).expect("the property is there")
}
