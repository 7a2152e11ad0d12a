//! Expressions computed as TypeScript computes them: members of enums, and names of properties (`[Keys.Id]: string`).

use super::arithmetic;
use super::context::{Cx, MAX_DEPTH, World};
use super::enums::enum_member_name;
use super::paths::{borrowed, entity_path, expr_path};
use super::types::number_literal;
use crate::model::{DefId, Literal, NumberLit, unique_symbol};
use crate::symbols::{Meaning, Node, Part, ScopeId};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use swc_ecma_ast as ast;

/// A constant's value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    /// A `unique symbol`: which one, where that is known.
    Symbol(Option<SymbolName>),
}

/// Which symbol it is: a text that is the same wherever it is used, by whatever name.
pub(super) type SymbolName = String;

impl Value {
    /// As a literal type; a symbol is none, nor is what no literal can spell.
    pub fn to_literal(&self) -> Option<Literal> {
        match self {
            Self::Text(text) => Some(Literal::String(text.clone())),
            Self::Number(number) => number.is_finite().then(|| number_literal(*number)),
            Self::Symbol(_) => None,
        }
    }
}

impl fmt::Display for Value {
    /// As JavaScript makes a text (or the name of a property) of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => NumberLit(*number).fmt(f),
            Self::Symbol(_) => f.write_str("Symbol()"),
        }
    }
}

/// The members of an enum that are computed so far.
type EnumValues = IndexMap<String, Option<Value>>;

/// A constant and a path into it: `KEYS.a`.
type ConstantPath = (DefId, Vec<String>);

/// What is known of constants and enums. An entry that is being computed is there already, without a value, so that a
/// circle ends.
#[derive(Default)]
pub(super) struct Constants {
    enums: RefCell<BTreeMap<DefId, EnumValues>>,
    values: RefCell<BTreeMap<ConstantPath, Option<Value>>>,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Place {
    scope: ScopeId,
    /// The enum whose members are in scope.
    owner: Option<DefId>,
    depth: usize,
}

impl Place {
    fn of(part: &Part<'_>, owner: Option<DefId>, depth: usize) -> Self {
        Self { scope: part.scope, owner, depth }
    }

    /// One level deeper; `None` beyond the limit.
    fn deeper(self) -> Option<Self> {
        (self.depth < MAX_DEPTH).then_some(Self { depth: self.depth + 1, ..self })
    }
}

impl Cx<'_> {
    /// The value of an expression that stands here.
    pub fn constant(&self, expr: &ast::Expr) -> Option<Value> {
        self.world.expr(expr, &[], Place { scope: self.scope, owner: None, depth: 0 })
    }
}

impl World<'_> {
    /// The value of an enum's member.
    pub fn enum_member(&self, def: DefId, name: &str, depth: usize) -> Option<Value> {
        if !self.constants.enums.borrow().contains_key(&def) {
            self.constants.enums.borrow_mut().insert(def, EnumValues::new());
            self.compute_enum(def, depth);
        }
        self.constants.enums.borrow().get(&def)?.get(name).cloned().flatten()
    }

    fn compute_enum(&self, def: DefId, depth: usize) {
        for part in &self.symbols.declared[def.0 as usize].parts {
            let Node::Enum(node) = part.node else { continue };
            // Every part counts from zero. TypeScript leaves members of ambient enums without initialisers open; that
            // they count on is what the programs behind hand-written declarations do.
            let mut next = Some(0.0);
            for member in &node.members {
                let value = match &member.init {
                    Some(init) => self.expr(init, &[], Place::of(part, Some(def), depth)),
                    None => next.map(Value::Number),
                };
                next = match value {
                    Some(Value::Number(number)) => Some(number + 1.0),
                    _ => None,
                };
                let name = enum_member_name(&member.id).into_owned();
                if let Some(values) = self.constants.enums.borrow_mut().get_mut(&def) {
                    values.entry(name).or_insert(value);
                }
            }
        }
    }

    /// The value of an expression, or of what a path into it leads to.
    fn expr(&self, expr: &ast::Expr, path: &[String], place: Place) -> Option<Value> {
        let place = place.deeper()?;
        match expr {
            ast::Expr::Paren(node) => self.expr(&node.expr, path, place),
            ast::Expr::TsConstAssertion(node) => self.expr(&node.expr, path, place),
            ast::Expr::TsSatisfies(node) => self.expr(&node.expr, path, place),
            ast::Expr::TsNonNull(node) => self.expr(&node.expr, path, place),
            ast::Expr::TsAs(node) => self.ty_constant(&node.type_ann, path, place),
            ast::Expr::Object(node) => self.object_constant(node, path, place),
            ast::Expr::Ident(_) | ast::Expr::Member(_) => self.name_constant(expr, path, place),
            ast::Expr::Call(node) => symbol_call(node),
            _ if !path.is_empty() => None,
            ast::Expr::Lit(literal) => literal_value(literal),
            ast::Expr::Tpl(node) => self.template_constant(node, place),
            ast::Expr::Unary(node) => arithmetic::unary(node.op, &self.expr(&node.arg, &[], place)?),
            ast::Expr::Bin(node) => {
                let left = self.expr(&node.left, &[], place)?;
                arithmetic::binary(node.op, &left, &self.expr(&node.right, &[], place)?)
            }
            _ => None,
        }
    }

    fn template_constant(&self, node: &ast::Tpl, place: Place) -> Option<Value> {
        let mut text = String::new();
        for (index, quasi) in node.quasis.iter().enumerate() {
            text.push_str(quasi.cooked.as_ref()?.as_str()?);
            if let Some(expr) = node.exprs.get(index) {
                let Value::Text(longer) = arithmetic::concat(text, &self.expr(expr, &[], place)?)? else { return None };
                text = longer;
            }
        }
        Some(Value::Text(text))
    }

    fn object_constant(&self, node: &ast::ObjectLit, path: &[String], place: Place) -> Option<Value> {
        let (name, rest) = path.split_first()?;
        node.props.iter().find_map(|prop| {
            let ast::Prop::KeyValue(pair) = &**prop.as_prop()? else { return None };
            (plain_name(&pair.key)? == *name).then(|| self.expr(&pair.value, rest, place)).flatten()
        })
    }

    /// A name: an earlier member of the same enum, a member of another, a constant.
    fn name_constant(&self, expr: &ast::Expr, path: &[String], place: Place) -> Option<Value> {
        let names = expr_path(expr)?;
        let names = borrowed(&names);
        if let (Some(owner), [name]) = (place.owner, names.as_slice())
            && let Some(value) = self.enum_member(owner, name, place.depth)
        {
            return Some(value);
        }
        self.path_constant(&names, path, place).or_else(|| global_constant(&names))
    }

    fn path_constant(&self, names: &[&str], path: &[String], place: Place) -> Option<Value> {
        let resolved = self.symbols.lookup(place.scope, names, Meaning::Value);
        let mut rest = resolved.rest;
        rest.extend(path.iter().cloned());
        resolved.defs.iter().find_map(|def| self.def_constant(*def, &rest, place))
    }

    /// The value of a declaration, or of what a path into it leads to.
    fn def_constant(&self, def: DefId, path: &[String], place: Place) -> Option<Value> {
        let key = (def, path.to_vec());
        if let Some(known) = self.constants.values.borrow().get(&key) {
            return known.clone();
        }
        self.constants.values.borrow_mut().insert(key.clone(), None);
        let parts = &self.symbols.declared[def.0 as usize].parts;
        let value = parts.iter().find_map(|part| self.part_constant(def, part, path, place));
        let value = match value {
            Some(Value::Symbol(None)) => Some(Value::Symbol(Some(symbol_name(def, path)))),
            value => value,
        };
        self.constants.values.borrow_mut().insert(key, value.clone());
        value
    }

    fn part_constant(&self, def: DefId, part: &Part<'_>, path: &[String], place: Place) -> Option<Value> {
        let place = Place::of(part, None, place.depth);
        match part.node {
            Node::Enum(_) => match path {
                [member] => self.enum_member(def, member, place.depth),
                _ => None,
            },
            Node::Variable(node) => {
                let annotation = node.name.as_ident().and_then(|name| name.type_ann.as_deref());
                self.typed_constant(annotation, node.init.as_deref(), path, place)
            }
            Node::Expression(expr) => self.expr(expr, path, place),
            Node::Class(node) => self.static_constant(node, path, place),
            _ => None,
        }
    }

    /// `static readonly KEY: 'a'`
    fn static_constant(&self, node: &ast::Class, path: &[String], place: Place) -> Option<Value> {
        let (name, rest) = path.split_first()?;
        let fields = node.body.iter().filter_map(|member| member.as_class_prop());
        let field =
            fields.filter(|field| field.is_static).find(|field| plain_name(&field.key).as_ref() == Some(name))?;
        self.typed_constant(field.type_ann.as_deref(), field.value.as_deref(), rest, place)
    }

    fn typed_constant(
        &self,
        annotation: Option<&ast::TsTypeAnn>,
        init: Option<&ast::Expr>,
        path: &[String],
        place: Place,
    ) -> Option<Value> {
        match annotation {
            Some(annotation) => self.ty_constant(&annotation.type_ann, path, place),
            None => self.expr(init?, path, place),
        }
    }

    /// The only value of a type, or of what a path into it leads to.
    fn ty_constant(&self, ty: &ast::TsType, path: &[String], place: Place) -> Option<Value> {
        let place = place.deeper()?;
        match ty {
            ast::TsType::TsParenthesizedType(node) => self.ty_constant(&node.type_ann, path, place),
            ast::TsType::TsTypeOperator(node) => match node.op {
                ast::TsTypeOperatorOp::Unique => path.is_empty().then_some(Value::Symbol(None)),
                ast::TsTypeOperatorOp::ReadOnly => self.ty_constant(&node.type_ann, path, place),
                ast::TsTypeOperatorOp::KeyOf => None,
            },
            ast::TsType::TsKeywordType(node) if node.kind == ast::TsKeywordTypeKind::TsSymbolKeyword => {
                path.is_empty().then_some(Value::Symbol(None))
            }
            ast::TsType::TsTypeLit(node) => self.member_constant(node, path, place),
            ast::TsType::TsLitType(node) if path.is_empty() => type_literal_value(&node.lit),
            ast::TsType::TsTypeRef(node) => self.path_constant(&entity_path(&node.type_name), path, place),
            ast::TsType::TsTypeQuery(node) => match &node.expr_name {
                ast::TsTypeQueryExpr::TsEntityName(name) => self.path_constant(&entity_path(name), path, place),
                ast::TsTypeQueryExpr::Import(_) => None,
            },
            _ => None,
        }
    }

    fn member_constant(&self, node: &ast::TsTypeLit, path: &[String], place: Place) -> Option<Value> {
        let (name, rest) = path.split_first()?;
        let properties = node.members.iter().filter_map(|member| member.as_ts_property_signature());
        let property = properties.filter(|property| !property.computed).find(|property| match &*property.key {
            ast::Expr::Ident(ident) => *ident.sym == **name,
            ast::Expr::Lit(literal) => literal_value(literal).is_some_and(|value| value.to_string() == *name),
            _ => false,
        })?;
        self.ty_constant(&property.type_ann.as_ref()?.type_ann, rest, place)
    }
}

fn literal_value(literal: &ast::Lit) -> Option<Value> {
    match literal {
        ast::Lit::Str(text) => Some(Value::Text(text.value.as_str()?.to_owned())),
        ast::Lit::Num(number) => Some(Value::Number(number.value)),
        ast::Lit::BigInt(number) => Some(Value::Text(number.value.to_string())),
        _ => None,
    }
}

fn type_literal_value(literal: &ast::TsLit) -> Option<Value> {
    match literal {
        ast::TsLit::Str(text) => Some(Value::Text(text.value.as_str()?.to_owned())),
        ast::TsLit::Number(number) => Some(Value::Number(number.value)),
        _ => None,
    }
}

fn global_constant(names: &[&str]) -> Option<Value> {
    match names {
        ["NaN"] => Some(Value::Number(f64::NAN)),
        ["Infinity"] => Some(Value::Number(f64::INFINITY)),
        ["Symbol", name] => Some(Value::Symbol(Some(format!("Symbol.{name}")))),
        _ => None,
    }
}

/// `Symbol.for('x')`
fn symbol_call(node: &ast::CallExpr) -> Option<Value> {
    let path = expr_path(node.callee.as_expr()?)?;
    (path.first()? == "Symbol").then_some(Value::Symbol(None))
}

/// The symbol that a constant, or what a path into it leads to, holds.
fn symbol_name(def: DefId, path: &[String]) -> SymbolName {
    std::iter::once(unique_symbol(def)).chain(path.iter().cloned()).collect::<Vec<_>>().join(".")
}

/// The name of a property that needs no computing.
fn plain_name(key: &ast::PropName) -> Option<String> {
    match key {
        ast::PropName::Ident(name) => Some(name.sym.to_string()),
        ast::PropName::Str(text) => text.value.as_str().map(str::to_owned),
        ast::PropName::Num(number) => Some(NumberLit(number.value).to_string()),
        ast::PropName::Computed(_) | ast::PropName::BigInt(_) => None,
    }
}
