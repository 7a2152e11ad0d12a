//! Declarations: every part lowered where it stands, the parts of one name merged.

use super::classes::ClassBuilder;
use super::context::{Cx, World};
use super::jsdoc;
use super::members::MemberList;
use super::values::Fixed;
use crate::model::{
    ClassDef, Def, DefId, DefKind, Doc, EnumDef, FunctionTy, InterfaceDef, ParamId, Ty, TypeParam, TypeRef,
};
use crate::source::{FileId, Location};
use crate::symbols::{Declared, Node, Part};
use indexmap::IndexSet;
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

/// Lowers every declaration; its place is its handle.
pub(super) fn lower_all(world: &World<'_>) -> Vec<Def> {
    let declared = world.symbols.declared.iter().enumerate();
    declared.map(|(index, declared)| Merged::new(world, DefId(index as u32), declared).lower()).collect()
}

/// A declaration with the type parameters that its parts share.
struct Merged<'a> {
    world: &'a World<'a>,
    id: DefId,
    declared: &'a Declared<'a>,
    params: Vec<ParamId>,
}

impl<'a> Merged<'a> {
    fn new(world: &'a World<'a>, id: DefId, declared: &'a Declared<'a>) -> Self {
        let list = declared.parts.iter().find_map(|part| type_params(part.node));
        let params = list.map(|list| list.params.iter().map(|_| world.fresh_param()).collect()).unwrap_or_default();
        Self { world, id, declared, params }
    }

    fn lower(&self) -> Def {
        let location = self.location();
        Def {
            name: self.declared.name.clone(),
            file: location.file,
            location,
            doc: self.doc(),
            params: self.lower_params(),
            kind: self.kind(),
            ambient: self.declared.ambient.clone(),
            implied: false,
            part_of: None,
        }
    }

    fn location(&self) -> Location {
        match self.declared.parts.first() {
            Some(part) => self.world.module(part.file).location(name_position(part)),
            // A namespace that is only implied (`export * as ns`) has no part of its own.
            None => Location { file: FileId(0), line: 1, column: 1 },
        }
    }

    fn doc(&self) -> Option<Doc> {
        let docs = self.declared.parts.iter().filter_map(|part| {
            let cx = Cx::new(self.world, part);
            declarator_start(part).and_then(|at| cx.doc(at)).or_else(|| cx.doc(part.statement))
        });
        jsdoc::join(docs.filter(|doc| !jsdoc::belongs_to_file(doc)))
    }

    /// The context of a part, the shared type parameters in scope under the names that the part gives them.
    fn enter(&self, part: &Part<'a>) -> Cx<'a> {
        let mut cx = Cx::new(self.world, part);
        if let Some(list) = type_params(part.node) {
            cx.bind_params(list, &self.params);
        }
        cx
    }

    fn lower_params(&self) -> Vec<TypeParam> {
        let part = self.declared.parts.iter().find_map(|part| Some((part, type_params(part.node)?)));
        part.map(|(part, list)| self.enter(part).lower_params(list, &self.params)).unwrap_or_default()
    }

    fn kind(&self) -> DefKind {
        match self.declared.parts.first().map(|part| part.node) {
            Some(Node::Class(_)) => DefKind::Class(self.class()),
            Some(Node::Interface(_)) => self.interface_or_class(),
            Some(Node::Alias(node)) => DefKind::Alias(self.first().ty(&node.type_ann)),
            Some(Node::Enum(_)) => DefKind::Enum(self.enumeration()),
            Some(Node::Function(_)) => DefKind::Function(self.functions()),
            Some(Node::Variable(node)) => DefKind::Value(self.first().variable(node, self.own_name())),
            Some(Node::Expression(node)) => DefKind::Value(self.first().value(node, Fixed::Literal)),
            Some(Node::Namespace(_)) | None => DefKind::Namespace(self.declared.members.clone()),
        }
    }

    /// The context of the first part.
    fn first(&self) -> Cx<'a> {
        self.enter(&self.declared.parts[0])
    }

    /// The name without the namespaces around it.
    fn own_name(&self) -> &str {
        self.declared.name.rsplit('.').next().unwrap_or(&self.declared.name)
    }

    fn interface_or_class(&self) -> DefKind {
        let has_class = self.declared.parts.iter().any(|part| matches!(part.node, Node::Class(_)));
        if has_class { DefKind::Class(self.class()) } else { DefKind::Interface(self.interface()) }
    }

    fn interface(&self) -> InterfaceDef {
        let mut extends = Vec::new();
        let mut members = MemberList::default();
        for part in &self.declared.parts {
            if let Node::Interface(node) = part.node {
                self.interface_part(part, node, &mut extends, &mut members);
            }
        }
        InterfaceDef { extends, members: members.finish() }
    }

    fn interface_part(
        &self,
        part: &Part<'a>,
        node: &ast::TsInterfaceDecl,
        extends: &mut Vec<Ty>,
        members: &mut MemberList,
    ) {
        let mut cx = self.enter(part);
        extends.extend(node.extends.iter().filter_map(|base| cx.heritage(base)));
        members.append(cx.type_elements(&node.body.body));
    }

    /// A class, and what interfaces of its name add.
    fn class(&self) -> ClassDef {
        let mut class = ClassBuilder::new(self.instance());
        for part in &self.declared.parts {
            match part.node {
                Node::Class(node) => self.enter(part).class(node, &mut class),
                Node::Interface(node) => {
                    self.interface_part(part, node, &mut class.merged, &mut class.members);
                }
                _ => {}
            }
        }
        class.finish()
    }

    /// The class's own type, with its own parameters as arguments.
    fn instance(&self) -> Ty {
        let args = self.params.iter().map(|id| Ty::Param(*id)).collect();
        Ty::Ref(TypeRef { def: self.id, member: None, args, location: self.location() })
    }

    fn enumeration(&self) -> EnumDef {
        let mut enumeration = EnumDef::default();
        let mut seen = IndexSet::new();
        for part in &self.declared.parts {
            if let Node::Enum(node) = part.node {
                self.enter(part).enum_part(self.id, node, &mut seen, &mut enumeration);
            }
        }
        enumeration
    }

    fn functions(&self) -> Vec<FunctionTy> {
        let parts = self.declared.parts.iter();
        parts
            .filter_map(|part| match part.node {
                Node::Function(node) => Some(Cx::new(self.world, part).function(node)),
                _ => None,
            })
            .collect()
    }
}

/// The type parameters that a declaration's parts share; a function's overloads have their own.
fn type_params(node: Node<'_>) -> Option<&ast::TsTypeParamDecl> {
    match node {
        Node::Class(node) => node.type_params.as_deref(),
        Node::Interface(node) => node.type_params.as_deref(),
        Node::Alias(node) => node.type_params.as_deref(),
        _ => None,
    }
}

/// Where the name stands, or what comes closest to it.
fn name_position(part: &Part<'_>) -> BytePos {
    match part.node {
        Node::Interface(node) => node.id.span.lo,
        Node::Alias(node) => node.id.span.lo,
        Node::Enum(node) => node.id.span.lo,
        Node::Variable(node) => node.span.lo,
        Node::Namespace(node) => node.id.span().lo,
        Node::Class(_) | Node::Function(_) | Node::Expression(_) => part.statement,
    }
}

/// One statement may declare several variables, each with a comment of its own.
fn declarator_start(part: &Part<'_>) -> Option<BytePos> {
    match part.node {
        Node::Variable(node) => Some(node.span.lo),
        _ => None,
    }
}
