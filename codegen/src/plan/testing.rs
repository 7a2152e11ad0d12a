//! Input made by hand, for tests.

use crate::model::{Def, DefId, DefKind, Doc, EnumDef, Literal, Model, NumberLit};
use crate::recipe::Recipe;
use crate::refine::refine;
use crate::rust::{RustCrate, RustItem, RustModule};
use crate::schema::{Instance, InstanceId, LiteralShape, Naming, Property, Reached, Record, Schema, Shape, Usage};
use crate::source::{EntryPoint, FileId, Location, Package, PackageId, SourceFile, Sources};

/// Files, as package and path.
pub(crate) fn sources(files: &[(&str, &str)], entries: &[(&str, u32)]) -> Sources {
    let mut sources = Sources::default();
    for (package, path) in files {
        let known = sources.packages.iter().position(|known| known.name == *package);
        let index = known.unwrap_or_else(|| {
            sources.packages.push(Package { name: (*package).to_owned(), version: "1.0.0".to_owned() });
            sources.packages.len() - 1
        });
        sources.files.push(SourceFile { package: PackageId(index as u32), path: (*path).to_owned(), text: "".into() });
    }
    for (subpath, file) in entries {
        sources.entries.push(EntryPoint { subpath: (*subpath).to_owned(), file: FileId(*file) });
    }
    sources
}

/// A place in a file.
pub(crate) fn at(file: u32, line: u32) -> Location {
    Location { file: FileId(file), line, column: 1 }
}

/// A declaration.
pub(crate) fn def(name: &str, file: u32, kind: DefKind) -> Def {
    Def {
        name: name.to_owned(),
        file: FileId(file),
        location: at(file, 1),
        doc: None::<Doc>,
        params: Vec::new(),
        kind,
        ambient: None,
        implied: false,
        part_of: None,
    }
}

/// A schema in the making.
#[derive(Default)]
pub(crate) struct Made {
    pub model: Model,
    pub schema: Schema,
    pub recipe: Recipe,
}

impl Made {
    /// Adds a declaration without parameters in the file `x.d.ts`.
    pub(crate) fn declare(&mut self, name: &str, shape: Shape) -> InstanceId {
        let id = self.reserve(name);
        self.schema.instances[id.0 as usize].shape = shape;
        id
    }

    /// Adds a declaration whose shape comes later, for recursion.
    pub(crate) fn reserve(&mut self, name: &str) -> InstanceId {
        let id = DefId(self.model.defs.len() as u32);
        let mut def = def(name, 0, DefKind::Enum(EnumDef::default()));
        def.location = at(0, id.0 + 1);
        self.model.defs.push(def);
        let usage = Usage { input: false, output: true };
        self.schema.reached.insert(id, Reached { usage, not_data: None, notes: Vec::new() });
        self.schema.instances.push(Instance {
            def: id,
            naming: Naming::Declaration,
            args: Vec::new(),
            shape: Shape::Never,
            usage,
        });
        InstanceId(self.schema.instances.len() as u32 - 1)
    }

    /// Gives a reserved declaration its shape.
    pub(crate) fn define(&mut self, id: InstanceId, shape: Shape) {
        self.schema.instances[id.0 as usize].shape = shape;
    }

    /// Plans it all.
    pub(crate) fn plan(&self) -> RustCrate {
        let sources = sources(&[("pkg", "x.d.ts")], &[]);
        let planned = super::plan(
            &sources,
            &self.model,
            refine(&self.model, self.schema.clone(), &self.recipe),
            &self.recipe,
            "pkg",
        );
        assert!(planned.diagnostics.is_empty(), "{:?}", planned.diagnostics);
        planned.krate
    }

    /// Plans it all and sketches the items in one line each.
    pub(crate) fn sketch(&self) -> Vec<String> {
        sketch(&self.plan().root)
    }
}

/// A property.
pub(crate) fn property(name: &str, shape: Shape) -> Property {
    let optional = name.ends_with('?');
    let name = name.trim_end_matches('?').to_owned();
    Property { name, key: None, shape, optional, doc: None, location: at(0, 1), owner: None }
}

/// A record.
pub(crate) fn record(properties: &[(&str, Shape)]) -> Shape {
    let properties = properties.iter().map(|(name, shape)| property(name, shape.clone())).collect();
    Shape::Record(Box::new(Record { properties, indexes: Vec::new(), class: None }))
}

/// A string literal.
pub(crate) fn text(value: &str) -> Shape {
    Shape::Literal(LiteralShape { value: Literal::String(value.to_owned()), name: None, doc: None })
}

/// A number literal.
pub(crate) fn number(value: f64) -> Shape {
    Shape::Literal(LiteralShape { value: Literal::Number(NumberLit(value)), name: None, doc: None })
}

/// A union.
pub(crate) fn union(arms: &[Shape]) -> Shape {
    Shape::Union(arms.to_vec())
}

/// The items of a module and of those below it, one line each.
pub(crate) fn sketch(module: &RustModule) -> Vec<String> {
    let mut lines: Vec<String> = module.items.iter().map(line).collect();
    for child in &module.children {
        lines.extend(sketch(child));
    }
    lines
}

fn line(item: &RustItem) -> String {
    use crate::rust::RustMember;
    match item {
        RustItem::Struct(item) => {
            let members: Vec<String> = item
                .members
                .iter()
                .map(|member| match member {
                    RustMember::Field(field) => format!("{}: {:?} {}", field.name, field.presence, ty(&field.ty)),
                    RustMember::Literal { wire, value } => format!("{wire} = {value}"),
                    RustMember::Forbidden { wire } => format!("no {wire}"),
                })
                .collect();
            format!("struct {}{} {{ {} }}", item.head.name, params(&item.head.params), members.join(", "))
        }
        RustItem::LiteralEnum(item) => {
            let names: Vec<String> = item.variants.iter().map(|variant| variant.name.to_string()).collect();
            format!("enum {} {}{}", item.head.name, names.join(" | "), if item.closed { " closed" } else { "" })
        }
        RustItem::Tagged(item) => {
            let mut arms: Vec<String> = item
                .variants
                .iter()
                .map(|arm| {
                    let writes = if arm.enum_writes_tag { "+" } else { "" };
                    format!("{}{writes}({})", arm.variant.name, ty(&arm.variant.ty))
                })
                .collect();
            arms.extend(item.untagged.iter().map(|arm| format!("no tag {}({})", arm.name, ty(&arm.ty))));
            format!("tagged {} by {} {}", item.head.name, item.tag, arms.join(" | "))
        }
        RustItem::Untagged(item) => {
            let arms: Vec<String> =
                item.variants.iter().map(|arm| format!("{}({})", arm.variant.name, ty(&arm.variant.ty))).collect();
            format!("untagged {}{} {}", item.head.name, params(&item.head.params), arms.join(" | "))
        }
        RustItem::Tuple(item) => {
            let places: Vec<String> =
                item.places.iter().map(|place| format!("{:?} {}", place.arity, ty(&place.ty))).collect();
            format!("tuple {} ({})", item.head.name, places.join(", "))
        }
        RustItem::Alias(item) => format!("alias {} = {}", item.head.name, ty(&item.ty)),
        RustItem::From(item) => format!("from {:?}", item.class),
    }
}

fn params(params: &[crate::rust::RustIdent]) -> String {
    if params.is_empty() {
        return String::new();
    }
    format!("<{}>", params.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

/// A type in short.
pub(crate) fn ty(shown: &crate::rust::RustTy) -> String {
    use crate::rust::RustTy;
    let all = |types: &[RustTy]| types.iter().map(ty).collect::<Vec<_>>().join(", ");
    match shown {
        RustTy::MapAlias(path) => path.name.to_string(),
        RustTy::Path(path, args) if args.is_empty() => path.name.to_string(),
        RustTy::Path(path, args) => format!("{}<{}>", path.name, all(args)),
        RustTy::Param(name) => name.to_string(),
        RustTy::Vec(inner) => format!("Vec<{}>", ty(inner)),
        RustTy::Map(inner) => format!("Map<{}>", ty(inner)),
        RustTy::Option(inner) => format!("Option<{}>", ty(inner)),
        RustTy::Box(inner) => format!("Box<{}>", ty(inner)),
        RustTy::Tuple(places) => format!("({})", all(places)),
        other => format!("{other:?}"),
    }
}
