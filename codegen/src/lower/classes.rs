//! Classes: instance members and static ones apart, constructors, and what `extends` names.

use super::context::Cx;
use super::members::{MemberList, Role};
use super::paths::{borrowed, expr_path};
use super::values::Fixed;
use crate::model::{
    ArgumentDef, ClassDef, Doc, DocTag, FunctionTy, Keyword, LibraryRef, Member, MethodDef, PropertyDef, PropertyKey,
    Ty, Visibility,
};
use indexmap::IndexMap;
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

/// A class in the making.
pub(super) struct ClassBuilder {
    pub extends: Option<Ty>,
    pub implements: Vec<Ty>,
    pub merged: Vec<Ty>,
    pub members: MemberList,
    pub statics: MemberList,
    pub constructors: Vec<FunctionTy>,
    /// What is said of the constructors' arguments, by name.
    argument_docs: IndexMap<String, Doc>,
    /// What a constructor makes.
    instance: Ty,
}

impl ClassBuilder {
    pub fn new(instance: Ty) -> Self {
        Self {
            extends: None,
            implements: Vec::new(),
            merged: Vec::new(),
            members: MemberList::default(),
            statics: MemberList::default(),
            constructors: Vec::new(),
            argument_docs: IndexMap::new(),
            instance,
        }
    }

    /// The class. Compilers move `constructor(/** … */ readonly id: string)` to a field without its comment, so a
    /// field without any takes what is said of the argument of its name.
    pub fn finish(mut self) -> ClassDef {
        for property in self.members.properties_mut() {
            if let (None, Some(name)) = (&property.doc, property.key.text()) {
                property.doc = self.argument_docs.get(&*name).cloned();
            }
        }
        ClassDef {
            extends: self.extends,
            implements: self.implements,
            merged: self.merged,
            members: self.members.finish(),
            statics: self.statics.finish(),
            constructors: self.constructors,
        }
    }

    fn list(&mut self, is_static: bool) -> &mut MemberList {
        if is_static { &mut self.statics } else { &mut self.members }
    }
}

impl Cx<'_> {
    /// Adds a class declaration, its type parameters in scope.
    pub fn class(&mut self, node: &ast::Class, class: &mut ClassBuilder) {
        class.extends = self.base(node);
        for base in &node.implements {
            class.implements.extend(self.heritage(base));
        }
        for member in &node.body {
            self.class_member(member, class);
        }
    }

    fn class_member(&mut self, node: &ast::ClassMember, class: &mut ClassBuilder) {
        match node {
            ast::ClassMember::Constructor(node) => self.constructor(node, class),
            ast::ClassMember::Method(node) => self.class_method(node, class),
            ast::ClassMember::PrivateMethod(node) => self.private_method(node, class),
            ast::ClassMember::ClassProp(node) => self.class_property(node, class),
            ast::ClassMember::PrivateProp(node) => self.private_property(node, class),
            ast::ClassMember::AutoAccessor(node) => self.auto_accessor(node, class),
            ast::ClassMember::TsIndexSignature(node) => {
                let index = self.index_signature(node);
                class.list(node.is_static).push(index);
            }
            // Code, which declarations do not hold, and stray semicolons declare nothing.
            ast::ClassMember::Empty(_) | ast::ClassMember::StaticBlock(_) => {}
        }
    }

    fn class_property(&mut self, node: &ast::ClassProp, class: &mut ClassBuilder) {
        let property = PropertyDef {
            key: self.key_of_property(self.prop_key(&node.key)),
            ty: self.field_type(node.type_ann.as_deref(), node.value.as_deref(), node.readonly),
            optional: node.is_optional,
            readonly: node.readonly,
            visibility: visibility(node.accessibility),
            accessor: false,
            doc: self.doc(node.span.lo),
            location: self.location(node.key.span().lo),
        };
        class.list(node.is_static).push_property(property, Role::Field);
    }

    fn private_property(&mut self, node: &ast::PrivateProp, class: &mut ClassBuilder) {
        let property = PropertyDef {
            key: private_key(&node.key),
            ty: self.annotation(node.type_ann.as_deref()),
            optional: node.is_optional,
            readonly: node.readonly,
            visibility: Visibility::Private,
            accessor: false,
            doc: self.doc(node.span.lo),
            location: self.location(node.key.span.lo),
        };
        class.list(node.is_static).push_property(property, Role::Field);
    }

    /// `accessor x: T` is a getter and a setter in one.
    fn auto_accessor(&mut self, node: &ast::AutoAccessor, class: &mut ClassBuilder) {
        let (key, private) = match &node.key {
            ast::Key::Public(key) => (self.key_of_property(self.prop_key(key)), false),
            ast::Key::Private(name) => (private_key(name), true),
        };
        let property = PropertyDef {
            key,
            ty: self.field_type(node.type_ann.as_deref(), node.value.as_deref(), false),
            optional: false,
            readonly: false,
            visibility: if private { Visibility::Private } else { visibility(node.accessibility) },
            accessor: true,
            doc: self.doc(node.span.lo),
            location: self.location(node.key.span().lo),
        };
        class.list(node.is_static).push_property(property, Role::Both);
    }

    /// The declared type of a field, or that of its initialiser (`static readonly version = '1.0'`).
    fn field_type(&mut self, annotation: Option<&ast::TsTypeAnn>, value: Option<&ast::Expr>, readonly: bool) -> Ty {
        match (annotation, value) {
            (None, Some(value)) => self.value(value, if readonly { Fixed::Literal } else { Fixed::Widened }),
            (annotation, _) => self.annotation(annotation),
        }
    }

    fn class_method(&mut self, node: &ast::ClassMethod, class: &mut ClassBuilder) {
        let place = MethodPlace {
            // An accessor of a class is no field: its name is no more needed than a method's.
            key: self.prop_key(&node.key).of_method(),
            kind: node.kind,
            is_static: node.is_static,
            optional: node.is_optional,
            visibility: visibility(node.accessibility),
            start: node.span.lo,
            name: node.key.span().lo,
        };
        self.method_like(place, &node.function, class);
    }

    fn private_method(&mut self, node: &ast::PrivateMethod, class: &mut ClassBuilder) {
        let place = MethodPlace {
            key: private_key(&node.key),
            kind: node.kind,
            is_static: node.is_static,
            optional: node.is_optional,
            visibility: Visibility::Private,
            start: node.span.lo,
            name: node.key.span.lo,
        };
        self.method_like(place, &node.function, class);
    }

    fn method_like(&mut self, place: MethodPlace, function: &ast::Function, class: &mut ClassBuilder) {
        let is_static = place.is_static;
        match place.kind {
            ast::MethodKind::Method => {
                let method = MethodDef {
                    function: self.function(function),
                    doc: self.doc(place.start),
                    location: self.location(place.name),
                    key: place.key,
                    optional: place.optional,
                    visibility: place.visibility,
                };
                class.list(is_static).push(Member::Method(method));
            }
            ast::MethodKind::Getter => {
                let ty = self.annotation(function.return_type.as_deref());
                let property = self.accessor(place, ty, true);
                class.list(is_static).push_property(property, Role::Getter);
            }
            ast::MethodKind::Setter => {
                let argument = function.params.first().and_then(|param| self.argument(&param.pat));
                let ty = argument.map_or(Ty::Keyword(Keyword::Any), |argument| argument.ty);
                let property = self.accessor(place, ty, false);
                class.list(is_static).push_property(property, Role::Setter);
            }
        }
    }

    fn accessor(&self, place: MethodPlace, ty: Ty, readonly: bool) -> PropertyDef {
        PropertyDef {
            key: place.key,
            ty,
            optional: place.optional,
            readonly,
            visibility: place.visibility,
            accessor: true,
            doc: self.doc(place.start),
            location: self.location(place.name),
        }
    }

    fn constructor(&mut self, node: &ast::Constructor, class: &mut ClassBuilder) {
        let doc = self.doc(node.span.lo);
        let mut args = Vec::new();
        for param in &node.params {
            let argument = match param {
                ast::ParamOrTsParamProp::TsParamProp(property) => self.parameter_property(property, class),
                ast::ParamOrTsParamProp::Param(param) => self.argument(&param.pat),
            };
            let Some(argument) = argument else { continue };
            let said = self.doc(param.span().lo).or_else(|| param_tag(doc.as_ref()?, &argument.name));
            if let Some(said) = said {
                class.argument_docs.entry(argument.name.clone()).or_insert(said);
            }
            args.push(argument);
        }
        class.constructors.push(FunctionTy { params: Vec::new(), this: None, args, ret: class.instance.clone() });
    }

    /// `constructor(private readonly id: string)` declares an argument and a field.
    fn parameter_property(&mut self, node: &ast::TsParamProp, class: &mut ClassBuilder) -> Option<ArgumentDef> {
        let (binding, default) = match &node.param {
            ast::TsParamPropParam::Ident(binding) => (binding, false),
            ast::TsParamPropParam::Assign(assign) => (assign.left.as_ident()?, true),
        };
        let mut argument = self.named_argument(binding)?;
        let property = PropertyDef {
            key: PropertyKey::Name(argument.name.clone()),
            ty: argument.ty.clone(),
            optional: argument.optional,
            readonly: node.readonly,
            visibility: visibility(node.accessibility),
            accessor: false,
            doc: self.doc(node.span.lo),
            location: self.location(binding.id.span.lo),
        };
        class.members.push_property(property, Role::Field);
        argument.optional |= default;
        Some(argument)
    }

    /// What follows `extends` of a class: an expression that is, nearly always, a name.
    fn base(&mut self, node: &ast::Class) -> Option<Ty> {
        let args = self.type_args(node.super_type_params.as_deref());
        match node.super_class.as_deref()? {
            ast::Expr::Lit(ast::Lit::Null(_)) => None,
            ast::Expr::TsInstantiation(node) => {
                let args = self.type_args(Some(&node.type_args));
                self.base_expr(&node.expr, args)
            }
            expr => self.base_expr(expr, args),
        }
    }

    fn base_expr(&mut self, expr: &ast::Expr, args: Vec<Ty>) -> Option<Ty> {
        let at = expr.span().lo;
        let Some(path) = expr_path(expr) else {
            self.unsupported(at, "the base class is an expression, so what it declares is not known");
            return None;
        };
        let path = borrowed(&path);
        if self.find_type(&path).is_some() {
            return Some(self.named(&path, args, at));
        }
        // `declare const Base: new () => T`, which compilers write for a class made by a function.
        match self.type_of_path(&path, args.clone(), at) {
            Ty::TypeOf(constructor) if constructor.defs.is_empty() => Some(self.named(&path, args, at)),
            constructor => {
                let location = self.location(at);
                Some(Ty::Library(LibraryRef {
                    name: "InstanceType".to_owned(),
                    args: vec![constructor],
                    module: None,
                    location,
                }))
            }
        }
    }

    /// An expression with type arguments, after `implements` or an interface's `extends`.
    pub fn heritage(&mut self, node: &ast::TsExprWithTypeArgs) -> Option<Ty> {
        let args = self.type_args(node.type_args.as_deref());
        let at = node.expr.span().lo;
        match expr_path(&node.expr) {
            Some(path) => Some(self.named(&borrowed(&path), args, at)),
            None => {
                self.unsupported(at, "what is extended is no name");
                None
            }
        }
    }
}

/// A method, getter or setter, its function apart.
struct MethodPlace {
    key: PropertyKey,
    kind: ast::MethodKind,
    is_static: bool,
    optional: bool,
    visibility: Visibility,
    start: BytePos,
    name: BytePos,
}

fn visibility(written: Option<ast::Accessibility>) -> Visibility {
    match written {
        None | Some(ast::Accessibility::Public) => Visibility::Public,
        Some(ast::Accessibility::Protected) => Visibility::Protected,
        Some(ast::Accessibility::Private) => Visibility::Private,
    }
}

fn private_key(name: &ast::PrivateName) -> PropertyKey {
    PropertyKey::Name(format!("#{}", name.name))
}

/// What `@param name …` of a constructor's comment says of an argument.
fn param_tag(doc: &Doc, name: &str) -> Option<Doc> {
    let text = doc.tags.iter().filter(|tag| tag.name == "param").find_map(|tag| text_of_param(tag, name))?;
    Some(Doc { text, tags: Vec::new(), location: doc.location })
}

/// `{T} name - text`, `[name] text`: the text, where the name is that one and there is a text.
fn text_of_param(tag: &DocTag, name: &str) -> Option<String> {
    let rest = match tag.text.strip_prefix('{') {
        Some(typed) => typed.split_once('}')?.1.trim_start(),
        None => tag.text.as_str(),
    };
    let (word, text) = rest.split_once(char::is_whitespace)?;
    let word = word.trim_start_matches('[').trim_end_matches(']');
    let word = word.split('=').next().unwrap_or(word);
    let text = text.trim_start().trim_start_matches(['-', '–', '—']).trim();
    (word == name && !text.is_empty()).then(|| text.to_owned())
}
