//! Names in types: references, `typeof`, `import()`.

use super::context::Cx;
use super::imports::{Missing, name_in_module};
use super::paths::entity_path;
use crate::model::{
    DefId, Keyword, LibraryRef, Literal, Member, ObjectTy, PropertyDef, PropertyKey, Ty, TypeOf, TypeRef, Visibility,
};
use crate::source::{FileId, Location};
use crate::symbols::{Meaning, Node, Resolved};
use swc_common::BytePos;
use swc_ecma_ast as ast;

/// How many modules may stand one inside the other, each exported as a namespace.
const NESTED_NAMESPACES: usize = 8;

/// The object that global names are properties of.
const GLOBAL_OBJECT: &str = "globalThis";

impl Cx<'_> {
    pub fn type_reference(&mut self, node: &ast::TsTypeRef) -> Ty {
        let path = entity_path(&node.type_name);
        let args = self.type_args(node.type_params.as_deref());
        self.named(&path, args, node.span.lo)
    }

    /// A dotted name with arguments: a type parameter, a declaration, or a name of TypeScript's library.
    pub fn named(&mut self, path: &[&str], args: Vec<Ty>, at: BytePos) -> Ty {
        if let [name] = path
            && let Some(id) = self.names.get(name)
        {
            return Ty::Param(id);
        }
        match self.find_type(path) {
            Some((def, member)) => Ty::Ref(TypeRef { def, member, args, location: self.location(at) }),
            None => self.library(self.name_of_missing(path), args, at),
        }
    }

    /// What a dotted name declares as a type, and the member where it is an enum's.
    pub fn find_type(&self, path: &[&str]) -> Option<(DefId, Option<String>)> {
        match path {
            [GLOBAL_OBJECT, global @ ..] if !global.is_empty() => {
                // A local name may hide the global one: `type Response = globalThis.Response`.
                let found = self.as_type(self.world.symbols.lookup(self.scope, global, Meaning::Type))?;
                (self.world.symbols.declared[found.0.0 as usize].ambient.as_deref() == Some("global")).then_some(found)
            }
            path => self.as_type(self.world.symbols.lookup(self.scope, path, Meaning::Type)),
        }
    }

    fn as_type(&self, resolved: Resolved) -> Option<(DefId, Option<String>)> {
        let def = *resolved.defs.first()?;
        match <[String; 1]>::try_from(resolved.rest) {
            Ok([member]) => self.is_enum(def).then_some((def, Some(member))),
            Err(rest) => rest.is_empty().then_some((def, None)),
        }
    }

    fn is_enum(&self, def: DefId) -> bool {
        let parts = &self.world.symbols.declared[def.0 as usize].parts;
        parts.iter().any(|part| matches!(part.node, Node::Enum(_)))
    }

    fn name_of_missing(&self, path: &[&str]) -> Missing {
        match path {
            [GLOBAL_OBJECT, global @ ..] if !global.is_empty() => Missing { name: global.join("."), module: None },
            path => self.world.name_of_missing(self.file, path),
        }
    }

    /// A name that is declared nowhere; `eval` knows the library and complains of what is not in it.
    fn library(&self, Missing { name, module }: Missing, mut args: Vec<Ty>, at: BytePos) -> Ty {
        if let ("Array" | "ReadonlyArray", [_]) = (name.as_str(), args.as_slice()) {
            return Ty::Array(Box::new(args.remove(0)));
        }
        Ty::Library(LibraryRef { name, args, module, location: self.location(at) })
    }

    pub fn type_args(&mut self, list: Option<&ast::TsTypeParamInstantiation>) -> Vec<Ty> {
        list.map(|list| list.params.iter().map(|ty| self.ty(ty)).collect()).unwrap_or_default()
    }

    /// `typeof x.y<A>`
    pub fn type_query(&mut self, node: &ast::TsTypeQuery) -> Ty {
        match &node.expr_name {
            ast::TsTypeQueryExpr::Import(import) => self.type_query_import(import),
            ast::TsTypeQueryExpr::TsEntityName(name) => {
                let path = entity_path(name);
                let args = self.type_args(node.type_args.as_deref());
                self.type_of_path(&path, args, node.span.lo)
            }
        }
    }

    /// The type of a value by its dotted name.
    pub fn type_of_path(&mut self, path: &[&str], args: Vec<Ty>, at: BytePos) -> Ty {
        match path {
            ["undefined"] => Ty::Keyword(Keyword::Undefined),
            ["this", rest @ ..] => rest.iter().fold(Ty::This, |object, name| property_of(object, name)),
            [argument, rest @ ..] => match self.names.argument(argument) {
                Some(Some(ty)) => rest.iter().fold(ty.clone(), |object, name| property_of(object, name)),
                Some(None) => self.unsupported(at, format!("`typeof {argument}` stands before its argument")),
                None => self.type_of_value(path, args, at),
            },
            [] => self.type_of_value(path, args, at),
        }
    }

    fn type_of_value(&self, path: &[&str], args: Vec<Ty>, at: BytePos) -> Ty {
        let symbols = self.world.symbols;
        let value = symbols.lookup(self.scope, path, Meaning::Value);
        let space = symbols.lookup(self.scope, path, Meaning::Namespace);
        self.type_of_resolved(path, value, space, args, at, || self.name_of_missing(path))
    }

    /// A value and a namespace of one name are one object: a function with properties, a class with nested types.
    fn type_of_resolved(
        &self,
        path: &[&str],
        value: Resolved,
        space: Resolved,
        args: Vec<Ty>,
        at: BytePos,
        missing: impl FnOnce() -> Missing,
    ) -> Ty {
        if let Some(file) = value.module.or(space.module) {
            return self.module_namespace(file);
        }
        let (mut defs, mut rest) = (value.defs, value.rest);
        if defs.is_empty() {
            (defs, rest) = (space.defs, space.rest);
        } else if space.rest == rest {
            let more: Vec<DefId> = space.defs.into_iter().filter(|def| !defs.contains(def)).collect();
            defs.extend(more);
        }
        if defs.is_empty()
            && let Some(ty) = self.property_of_export(path, &args, at)
        {
            return ty;
        }
        if defs.is_empty() {
            // A value of the platform, such as `fetch`: its name is all that is known.
            rest = vec![missing().name];
        }
        Ty::TypeOf(TypeOf { defs, path: rest, args, location: self.location(at) })
    }

    /// A name that is imported from a module with `export = value` is a property of that value.
    fn property_of_export(&self, path: &[&str], args: &[Ty], at: BytePos) -> Option<Ty> {
        let (first, rest) = path.split_first()?;
        let (defs, name) = self.world.symbols.property_of_export(self.scope, first)?;
        let path = std::iter::once(name).chain(rest.iter().map(|name| (*name).to_owned())).collect();
        Some(Ty::TypeOf(TypeOf { defs, path, args: args.to_vec(), location: self.location(at) }))
    }

    /// The namespace object of a module: what it exports, and the modules that it exports as namespaces.
    fn module_namespace(&self, file: FileId) -> Ty {
        self.namespace_within(file, &mut Vec::new())
    }

    /// The same inside of other namespaces. A module that exports itself is not entered again.
    fn namespace_within(&self, file: FileId, around: &mut Vec<FileId>) -> Ty {
        let symbols = self.world.symbols;
        let exports = symbols.exports.get(&file).into_iter().flatten();
        let own = Ty::Namespace(exports.map(|(name, defs)| (name.clone(), defs.clone())).collect());
        if around.len() >= NESTED_NAMESPACES || around.contains(&file) {
            return own;
        }
        around.push(file);
        let members = symbols.namespace_exports(file).into_iter().map(|(name, inner)| {
            let ty = self.namespace_within(inner, around);
            Member::Property(self.namespace_property(name, ty, inner))
        });
        let members: Vec<Member> = members.collect();
        around.pop();
        match members.is_empty() {
            true => own,
            false => Ty::Intersection(vec![own, Ty::Object(ObjectTy { members })]),
        }
    }

    fn namespace_property(&self, name: String, ty: Ty, file: FileId) -> PropertyDef {
        PropertyDef {
            key: PropertyKey::Name(name),
            ty,
            optional: false,
            readonly: true,
            visibility: Visibility::Public,
            accessor: false,
            doc: None,
            location: Location { file, line: 1, column: 1 },
        }
    }

    /// `import('x').Y<A>`
    pub fn import_type(&mut self, node: &ast::TsImportType) -> Ty {
        let path = node.qualifier.as_ref().map(entity_path).unwrap_or_default();
        let args = self.type_args(node.type_args.as_deref());
        let resolved = self.lookup_import(node, &path, Meaning::Type);
        if let Some((def, member)) = self.as_type(resolved) {
            return Ty::Ref(TypeRef { def, member, args, location: self.location(node.span.lo) });
        }
        if path.is_empty() && self.is_found(node) {
            return self.unsupported(node.span.lo, format!("the module '{}' is no type", specifier(node)));
        }
        self.library(name_in_module(&specifier(node), &path), args, node.span.lo)
    }

    /// `typeof import('x')`, `typeof import('x').y<A>`
    fn type_query_import(&mut self, node: &ast::TsImportType) -> Ty {
        let path = node.qualifier.as_ref().map(entity_path).unwrap_or_default();
        let args = self.type_args(node.type_args.as_deref());
        let value = self.lookup_import(node, &path, Meaning::Value);
        let space = self.lookup_import(node, &path, Meaning::Namespace);
        self.type_of_resolved(&[], value, space, args, node.span.lo, || name_in_module(&specifier(node), &path))
    }

    /// Whether there is such a module; where not, a diagnostic says so already.
    fn is_found(&self, node: &ast::TsImportType) -> bool {
        let space = self.lookup_import(node, &[], Meaning::Namespace);
        space.module.is_some() || !space.defs.is_empty()
    }

    fn lookup_import(&self, node: &ast::TsImportType, path: &[&str], meaning: Meaning) -> Resolved {
        self.world.symbols.lookup_import(self.file, &specifier(node), path, meaning)
    }
}

fn specifier(node: &ast::TsImportType) -> String {
    node.arg.value.to_string_lossy().into_owned()
}

/// `T['name']`
pub(super) fn property_of(object: Ty, name: &str) -> Ty {
    Ty::Indexed(Box::new(object), Box::new(Ty::Literal(Literal::String(name.to_owned()))))
}
