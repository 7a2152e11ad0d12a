//! `From<XJson> for X`: the same value that the class decodes to, from its wire struct.

use super::planner::Planner;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DefId, Literal};
use crate::rust::{
    Convert, FromField, FromValue, FromWire, LiteralEnum, Presence, RustField, RustIdent, RustItem, RustMember,
    RustPath, RustStruct, RustTy,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl Planner<'_> {
    /// Adds the conversions of all pairs, and of the structs below them that differ from one side to the other.
    pub(super) fn add_conversions(&mut self) {
        let Outcome { found, failed } = self.settled_conversions();
        let owners: BTreeMap<RustPath, DefId> = self.emitted.iter().map(|(id, path)| (path.clone(), *id)).collect();
        for (class, reason) in failed {
            self.report_no_conversion(class, &reason);
        }
        for (class, conversion) in found {
            let rank = self.next_rank();
            let path = conversion.class.clone();
            let owner = owners.get(&path).copied().unwrap_or(class);
            self.push(&path, owner, rank, RustItem::From(conversion));
        }
    }

    /// The classes that are built from wire structs, with the paths of both, the wire's first.
    fn paired_paths(&self) -> Vec<(DefId, RustPath, RustPath)> {
        let path = |id| self.emitted.get(&id).cloned();
        let pairs = self.pairs.all(self.input.schema).into_iter();
        pairs.filter_map(|(class, wire)| Some((class, path(wire)?, path(class)?))).collect()
    }

    /// What to convert between, once no struct that is made from a wire struct lacks what that may lack.
    ///
    /// A struct of another spelling below a class (by a `[wire] case` rule) is read from the same documents as the one
    /// that it is made from. What a rule lets into the one, the other takes too; and what it holds in turn.
    fn settled_conversions(&mut self) -> Outcome {
        let pairs = self.paired_paths();
        loop {
            let mut planned = Conversions::new(self, &pairs);
            let mut outcome = Outcome::default();
            for (class, from, to) in &pairs {
                match planned.all_from(from, to) {
                    Ok(conversions) => outcome.found.extend(conversions.into_iter().map(|each| (*class, each))),
                    Err(reason) => outcome.failed.push((*class, reason)),
                }
            }
            if planned.relaxed.is_empty() {
                return outcome;
            }
            self.relax(&planned.relaxed);
        }
    }

    /// Gives fields the presence that they need, and makes fields of constants that are none where they come from.
    fn relax(&mut self, relaxed: &Relaxed) {
        for placed in &mut self.items {
            let RustItem::Struct(item) = &mut placed.item else { continue };
            let path = RustPath { modules: placed.module.clone(), name: item.head.name.clone() };
            for (at, field) in relaxed.get(&path).into_iter().flatten() {
                item.members[*at] = RustMember::Field(field.clone());
            }
        }
    }

    fn report_no_conversion(&mut self, class: DefId, reason: &str) {
        let def = self.def(class);
        let message = format!("no `From` of its wire struct for the class `{}`: {reason}", def.name);
        let hint = "make both sides one type by a row of the recipe: [numbers], [wire], [class]";
        self.diagnostics.push(Diagnostic::warning(Code::Unsupported, def.location, message).with_hint(hint));
    }
}

/// The conversions of all classes, and the classes that have none.
#[derive(Default)]
struct Outcome {
    found: Vec<(DefId, FromWire)>,
    /// With why not.
    failed: Vec<(DefId, String)>,
}

/// The structs, enums and aliases to convert between.
struct Conversions {
    structs: BTreeMap<RustPath, RustStruct>,
    enums: BTreeMap<RustPath, LiteralEnum>,
    aliases: BTreeMap<RustPath, RustTy>,
    /// The classes that are built from wire structs: their fields have the presence of what they are read from.
    classes: BTreeSet<RustPath>,
    /// The members that must admit more, since what they are made from does.
    relaxed: Relaxed,
    /// Pairs that have their conversion already.
    done: BTreeSet<(RustPath, RustPath)>,
}

/// Of each struct the members, by their places, that must admit more, and the fields that they become.
type Relaxed = BTreeMap<RustPath, BTreeMap<usize, RustField>>;

/// Pairs that a conversion turned out to need.
type Needed = VecDeque<(RustPath, RustPath)>;

impl Conversions {
    fn new(planner: &Planner<'_>, pairs: &[(DefId, RustPath, RustPath)]) -> Self {
        let mut all = Self {
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
            aliases: BTreeMap::new(),
            classes: pairs.iter().map(|(_, _, class)| class.clone()).collect(),
            relaxed: BTreeMap::new(),
            done: BTreeSet::new(),
        };
        for placed in &planner.items {
            let path = |name: &RustIdent| RustPath { modules: placed.module.clone(), name: name.clone() };
            match &placed.item {
                RustItem::Struct(item) => {
                    all.structs.insert(path(&item.head.name), item.clone());
                }
                RustItem::LiteralEnum(item) => {
                    all.enums.insert(path(&item.head.name), item.clone());
                }
                RustItem::Alias(item) => {
                    all.aliases.insert(path(&item.head.name), item.ty.clone());
                }
                _ => {}
            }
        }
        all
    }

    /// The conversion of a pair and those that it needs; nothing at all where one of them cannot be.
    fn all_from(&mut self, from: &RustPath, to: &RustPath) -> Result<Vec<FromWire>, String> {
        let mut needed = Needed::from([(from.clone(), to.clone())]);
        let mut begun = BTreeSet::new();
        let mut conversions = Vec::new();
        while let Some(pair) = needed.pop_front() {
            if self.done.contains(&pair) || !begun.insert(pair.clone()) {
                continue;
            }
            conversions.push(self.one(&pair.0, &pair.1, &mut needed)?);
        }
        self.done.extend(begun);
        Ok(conversions)
    }

    fn one(&mut self, from: &RustPath, to: &RustPath, needed: &mut Needed) -> Result<FromWire, String> {
        let (Some(source), Some(target)) = (self.structs.get(from), self.structs.get(to)) else {
            return Err(format!("`{}` or `{}` is no struct", from.name, to.name));
        };
        let relaxed = if self.classes.contains(to) { Vec::new() } else { lacking(source, target) };
        if !relaxed.is_empty() {
            self.relaxed.entry(to.clone()).or_default().extend(relaxed);
            return Err("its fields are not settled".to_owned());
        }
        let mut fields: Vec<FromField> = Vec::new();
        for field in fields_of(target) {
            let value = self.value(field, source, needed).map_err(|reason| format!("`{}`: {reason}", field.name))?;
            fields.push(FromField { field: field.name.clone(), value });
        }
        mark_clones(&mut fields);
        Ok(FromWire { class: to.clone(), wire: from.clone(), fields })
    }

    fn value(&self, field: &RustField, source: &RustStruct, needed: &mut Needed) -> Result<FromValue, String> {
        let literal = |key: &String| {
            source.members.iter().find_map(|member| match member {
                RustMember::Literal { wire, value } if wire == key => Some(value),
                _ => None,
            })
        };
        if let Some(value) = field.wire.iter().find_map(literal) {
            return self.literal(value, field).map(FromValue::Literal);
        }
        let of_key = |key: &String| fields_of(source).find(|candidate| candidate.wire.first() == Some(key));
        let mut sources = field.wire.iter().filter_map(of_key);
        let Some(wire) = sources.next() else {
            return match field.presence {
                Presence::Required => Err("it has no source".to_owned()),
                _ => Ok(FromValue::Absent),
            };
        };
        if wire.presence != Presence::Required && sources.next().is_some() {
            return Err(format!("it is read from several keys, and `{}` may be missing", wire.name));
        }
        if field.presence == Presence::Required && wire.presence != Presence::Required && field.default.is_none() {
            return Err(format!("`{}` may be missing, and nothing stands in for it", wire.name));
        }
        let convert = self.convert(&wire.ty, &field.ty, needed)?;
        Ok(FromValue::Field {
            wire: wire.name.clone(),
            from: wire.presence,
            to: field.presence,
            convert,
            default: field.default.clone(),
            clone: false,
        })
    }

    /// The only value of a wire property, where the class's field can hold it.
    fn literal(&self, value: &Literal, field: &RustField) -> Result<Literal, String> {
        let holds = match (value, self.plain(&field.ty)) {
            (Literal::String(_), RustTy::String) | (Literal::Boolean(_), RustTy::Bool) => true,
            (Literal::String(_), RustTy::Path(path, _)) => self.enums.get(path).is_some_and(|item| !item.closed),
            _ => false,
        };
        let required = field.presence == Presence::Required;
        if holds && required { Ok(value.clone()) } else { Err(format!("it cannot hold {value}")) }
    }

    /// How a value of one type becomes one of another.
    fn convert(&self, from: &RustTy, to: &RustTy, needed: &mut Needed) -> Result<Convert, String> {
        let (from, to) = (self.plain(from), self.plain(to));
        if from == to {
            return Ok(Convert::Same);
        }
        match (from, to) {
            (RustTy::Vec(from), RustTy::Vec(to)) => Ok(Convert::Each(Box::new(self.convert(from, to, needed)?))),
            (RustTy::Option(from), RustTy::Option(to)) => Ok(Convert::Inner(Box::new(self.convert(from, to, needed)?))),
            (RustTy::Box(from), to) => Ok(Convert::Unboxed(Box::new(self.convert(from, to, needed)?))),
            (from, RustTy::Box(to)) => Ok(Convert::Boxed(Box::new(self.convert(from, to, needed)?))),
            (RustTy::String, RustTy::Path(to, _)) if self.enums.get(to).is_some_and(|item| !item.closed) => {
                Ok(Convert::Into)
            }
            (RustTy::Path(from, _), RustTy::String) if self.enums.contains_key(from) => Ok(Convert::Text),
            (RustTy::Path(from, _), RustTy::Path(to, _))
                if self.enums.contains_key(from) && self.enums.get(to).is_some_and(|item| !item.closed) =>
            {
                Ok(Convert::Text)
            }
            (RustTy::Path(from, from_args), RustTy::Path(to, to_args))
                if from_args.is_empty() && to_args.is_empty() && self.are_structs(from, to) =>
            {
                needed.push_back((from.clone(), to.clone()));
                Ok(Convert::Into)
            }
            (_, RustTy::Json | RustTy::NonNull) => Ok(Convert::Untyped { map: false }),
            (RustTy::Path(path, _), RustTy::JsonMap) if self.structs.contains_key(path) => {
                Ok(Convert::Untyped { map: true })
            }
            (from, to) => Err(format!("no way from `{from}` to `{to}`")),
        }
    }

    fn are_structs(&self, from: &RustPath, to: &RustPath) -> bool {
        self.structs.contains_key(from) && self.structs.contains_key(to)
    }

    /// A type with aliases followed.
    fn plain<'a>(&'a self, ty: &'a RustTy) -> &'a RustTy {
        let mut ty = ty;
        // An alias of an alias of …: each step is another alias, so there are at most as many steps as aliases.
        for _ in 0..=self.aliases.len() {
            match ty {
                RustTy::Path(path, _) | RustTy::MapAlias(path) => match self.aliases.get(path) {
                    Some(next) => ty = next,
                    None => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

/// The members of a struct that must admit more, by their places, as the fields that they become: what they are made from
/// may be absent or null, or is no constant.
fn lacking(source: &RustStruct, target: &RustStruct) -> Vec<(usize, RustField)> {
    let of_key = |key: &String| fields_of(source).find(|candidate| candidate.wire.first() == Some(key));
    let needed = |member: &RustMember| match member {
        RustMember::Field(field) => {
            let mut presence = field.presence;
            for found in field.wire.iter().filter_map(of_key) {
                presence = presence.joined(found.presence.may_be_absent(), found.presence.may_be_null());
            }
            let changed = field.default.is_none() && presence != field.presence;
            changed.then(|| RustField { presence, ..field.clone() })
        }
        RustMember::Literal { wire, .. } => of_key(wire).cloned(),
        RustMember::Forbidden { .. } => None,
    };
    target.members.iter().enumerate().filter_map(|(at, member)| Some((at, needed(member)?))).collect()
}

fn fields_of(item: &RustStruct) -> impl Iterator<Item = &RustField> {
    item.members.iter().filter_map(|member| match member {
        RustMember::Field(field) => Some(field),
        _ => None,
    })
}

/// A wire field that several fields come from is cloned, but for the last time.
fn mark_clones(fields: &mut [FromField]) {
    let mut later = BTreeSet::new();
    for field in fields.iter_mut().rev() {
        if let FromValue::Field { wire, clone, .. } = &mut field.value {
            *clone = !later.insert(wire.clone());
        }
    }
}
