//! Members of object types and interfaces.

use super::context::Cx;
use crate::model::{IndexDef, Keyword, Member, MethodDef, PropertyDef, PropertyKey, Ty, Visibility};
use indexmap::IndexMap;
use swc_common::BytePos;
use swc_ecma_ast as ast;

/// Members in the making: properties of one name become one.
#[derive(Default)]
pub(super) struct MemberList {
    members: Vec<Member>,
    properties: IndexMap<PropertyKey, Place>,
}

/// Where a property stands in the list, and what has declared it.
struct Place {
    index: usize,
    role: Role,
}

/// What declares a property.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `x: T`
    Field,
    /// `get x(): T`
    Getter,
    /// `set x(value: T)`
    Setter,
    /// A getter and a setter.
    Both,
}

impl MemberList {
    /// Adds what is no property; overloads add up.
    pub fn push(&mut self, member: Member) {
        self.members.push(member);
    }

    /// Adds a property. The first declaration of a name stands; a getter and a setter complete each other.
    pub fn push_property(&mut self, property: PropertyDef, role: Role) {
        match self.properties.get_mut(&property.key) {
            None => {
                let place = Place { index: self.members.len(), role };
                self.properties.insert(property.key.clone(), place);
                self.members.push(Member::Property(property));
            }
            Some(place) if is_other_half(place.role, role) => {
                place.role = Role::Both;
                if let Some(Member::Property(known)) = self.members.get_mut(place.index) {
                    complete(known, property, role);
                }
            }
            Some(_) => {}
        }
    }

    /// Adds members of another part of the declaration.
    pub fn append(&mut self, members: Vec<Member>) {
        for member in members {
            match member {
                Member::Property(property) => self.push_property(property, Role::Field),
                other => self.push(other),
            }
        }
    }

    /// The documentation slot of every property.
    pub fn properties_mut(&mut self) -> impl Iterator<Item = &mut PropertyDef> {
        self.members.iter_mut().filter_map(|member| match member {
            Member::Property(property) => Some(property),
            _ => None,
        })
    }

    pub fn finish(self) -> Vec<Member> {
        self.members
    }
}

fn is_other_half(known: Role, new: Role) -> bool {
    matches!((known, new), (Role::Getter, Role::Setter) | (Role::Setter, Role::Getter))
}

/// What is read is what is encoded: the getter's type stands.
fn complete(known: &mut PropertyDef, other: PropertyDef, role: Role) {
    if role == Role::Getter {
        known.ty = other.ty;
    }
    known.readonly = false;
    known.doc = known.doc.take().or(other.doc);
}

impl Cx<'_> {
    /// The members between the braces of an object type or an interface.
    pub fn type_elements(&mut self, nodes: &[ast::TsTypeElement]) -> Vec<Member> {
        let mut list = MemberList::default();
        for node in nodes {
            self.type_element(node, &mut list);
        }
        list.finish()
    }

    fn type_element(&mut self, node: &ast::TsTypeElement, list: &mut MemberList) {
        match node {
            ast::TsTypeElement::TsPropertySignature(node) => list.push_property(self.property(node), Role::Field),
            ast::TsTypeElement::TsGetterSignature(node) => list.push_property(self.getter(node), Role::Getter),
            ast::TsTypeElement::TsSetterSignature(node) => list.push_property(self.setter(node), Role::Setter),
            ast::TsTypeElement::TsMethodSignature(node) => list.push(self.method(node)),
            ast::TsTypeElement::TsIndexSignature(node) => list.push(self.index_signature(node)),
            ast::TsTypeElement::TsCallSignatureDecl(node) => list.push(Member::Call(self.signature(
                node.type_params.as_deref(),
                &node.params,
                node.type_ann.as_deref(),
            ))),
            ast::TsTypeElement::TsConstructSignatureDecl(node) => list.push(Member::Construct(self.signature(
                node.type_params.as_deref(),
                &node.params,
                node.type_ann.as_deref(),
            ))),
        }
    }

    fn property(&mut self, node: &ast::TsPropertySignature) -> PropertyDef {
        PropertyDef {
            optional: node.optional,
            readonly: node.readonly,
            ..self.plain_property(&node.key, node.computed, node.type_ann.as_deref(), node.span.lo)
        }
    }

    /// In a class an accessor is no field; in an interface it says no more than a property does, for anything with
    /// such a property satisfies it. So it is one.
    fn getter(&mut self, node: &ast::TsGetterSignature) -> PropertyDef {
        PropertyDef {
            readonly: true,
            ..self.plain_property(&node.key, node.computed, node.type_ann.as_deref(), node.span.lo)
        }
    }

    fn setter(&mut self, node: &ast::TsSetterSignature) -> PropertyDef {
        let annotation = match &node.param {
            ast::TsFnParam::Ident(binding) => binding.type_ann.as_deref(),
            ast::TsFnParam::Array(pattern) => pattern.type_ann.as_deref(),
            ast::TsFnParam::Object(pattern) => pattern.type_ann.as_deref(),
            ast::TsFnParam::Rest(rest) => rest.type_ann.as_deref(),
        };
        self.plain_property(&node.key, node.computed, annotation, node.span.lo)
    }

    fn plain_property(
        &mut self,
        key: &ast::Expr,
        computed: bool,
        annotation: Option<&ast::TsTypeAnn>,
        at: BytePos,
    ) -> PropertyDef {
        PropertyDef {
            key: self.key_of_property(self.element_key(key, computed)),
            ty: self.annotation(annotation),
            optional: false,
            readonly: false,
            visibility: Visibility::Public,
            accessor: false,
            doc: self.doc(at),
            location: self.location(at),
        }
    }

    fn method(&mut self, node: &ast::TsMethodSignature) -> Member {
        Member::Method(MethodDef {
            key: self.element_key(&node.key, node.computed).of_method(),
            function: self.signature(node.type_params.as_deref(), &node.params, node.type_ann.as_deref()),
            optional: node.optional,
            visibility: Visibility::Public,
            doc: self.doc(node.span.lo),
            location: self.location(node.span.lo),
        })
    }

    /// `[key: string]: T`
    pub fn index_signature(&mut self, node: &ast::TsIndexSignature) -> Member {
        let key = match node.params.first() {
            Some(ast::TsFnParam::Ident(binding)) => self.annotation(binding.type_ann.as_deref()),
            _ => Ty::Keyword(Keyword::String),
        };
        Member::Index(IndexDef {
            key,
            value: self.annotation(node.type_ann.as_deref()),
            doc: self.doc(node.span.lo),
            location: self.location(node.span.lo),
        })
    }
}
