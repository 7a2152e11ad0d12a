//! What lowering knows: the whole input ([`World`]), and the place it is at ([`Cx`]).

use super::constants::Constants;
use super::imports::Imports;
use super::jsdoc;
use super::params::ParamScope;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Doc, Keyword, ParamId, Ty};
use crate::parse::{Module, Modules};
use crate::source::{FileId, Location};
use crate::symbols::{Part, ScopeId, Symbols};
use std::cell::{Cell, RefCell};
use swc_common::BytePos;

/// How deep types and expressions may nest. Far beyond what people and generators write, and far below what the stack
/// of the thread bears.
pub(super) const MAX_DEPTH: usize = 4096;

/// The whole input, and what is found in it on the way.
pub(super) struct World<'a> {
    pub modules: &'a Modules,
    pub symbols: &'a Symbols<'a>,
    /// What is known of constants and enums; computed when first asked for.
    pub constants: Constants,
    /// What names stand for that come from modules which were not found.
    pub imports: Imports,
    next_param: Cell<u32>,
    found: RefCell<Vec<Diagnostic>>,
}

impl<'a> World<'a> {
    pub fn new(modules: &'a Modules, symbols: &'a Symbols<'a>) -> Self {
        Self {
            modules,
            symbols,
            constants: Constants::default(),
            imports: Imports::default(),
            next_param: Cell::new(0),
            found: RefCell::default(),
        }
    }

    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// A handle that no other type parameter has.
    pub fn fresh_param(&self) -> ParamId {
        let id = self.next_param.get();
        self.next_param.set(id + 1);
        ParamId(id)
    }

    pub fn module(&self, file: FileId) -> &'a Module {
        &self.modules.modules[file.0 as usize]
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

/// The place that is lowered: a part of a declaration, and what is in scope there.
pub(super) struct Cx<'a> {
    pub world: &'a World<'a>,
    pub file: FileId,
    /// Where names of declarations are looked up.
    pub scope: ScopeId,
    /// Where names of type parameters are looked up, before those of declarations.
    pub names: ParamScope,
    /// How deep the node is nested in its declaration.
    pub depth: usize,
}

impl<'a> Cx<'a> {
    /// At the top of a part, no type parameter in scope.
    pub fn new(world: &'a World<'a>, part: &Part<'a>) -> Self {
        Self { world, file: part.file, scope: part.scope, names: ParamScope::default(), depth: 0 }
    }

    pub fn module(&self) -> &'a Module {
        self.world.module(self.file)
    }

    pub fn location(&self, at: BytePos) -> Location {
        self.module().location(at)
    }

    /// The doc comment that stands right before a node.
    pub fn doc(&self, before: BytePos) -> Option<Doc> {
        let (text, location) = self.module().jsdoc(before)?;
        jsdoc::read(text, location)
    }

    /// Says that something cannot be expressed, and stands `unknown` in for it.
    pub fn unsupported(&self, at: BytePos, message: impl Into<String>) -> Ty {
        self.warn(Code::Unsupported, at, message);
        Ty::Keyword(Keyword::Unknown)
    }

    /// Says that nesting has reached its limit, and stands `unknown` in for what lies deeper.
    pub fn too_deep(&self, at: BytePos) -> Ty {
        self.warn(Code::Budget, at, format!("the type is nested deeper than {MAX_DEPTH} levels"));
        Ty::Keyword(Keyword::Unknown)
    }

    pub fn warn(&self, code: Code, at: BytePos, message: impl Into<String>) {
        self.world.report(Diagnostic::warning(code, self.location(at), message));
    }
}
