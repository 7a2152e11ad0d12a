//! The declarations: which have a type in Rust, what they are called, and making them.

use super::arms::Form;
use super::classes::Pairs;
use super::homes::Homes;
use super::layout::{Layout, ModulePath};
use super::links::{DocLinks, Fields};
use super::names::TypeNames;
use super::planner::{Input, Job, Planner};
use super::site::Site;
use super::written::written;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Def, DefId};
use crate::recipe::RuleLog;
use crate::rust::{RustIdent, RustPath, RustTy};
use crate::schema::{InstanceId, NotData, Shape};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl<'a> Planner<'a> {
    /// Lays out the files and names the declarations.
    pub(super) fn new(input: Input<'a>, rules: RuleLog) -> Self {
        let mut planner = Self {
            input,
            layout: Layout::new(input.sources, input.model),
            links: DocLinks::default(),
            names: TypeNames::default(),
            paths: BTreeMap::new(),
            values: BTreeMap::new(),
            instances: BTreeMap::new(),
            pairs: Pairs::default(),
            lent: BTreeMap::new(),
            monomorphs: BTreeMap::new(),
            known: BTreeMap::new(),
            open: Vec::new(),
            recursive: BTreeSet::new(),
            generics: BTreeMap::new(),
            held: super::held::held_params(input.schema),
            known_generics: OnceCell::new(),
            bodies: RefCell::default(),
            forms: RefCell::default(),
            whole: RefCell::default(),
            payloads: BTreeMap::new(),
            placed: BTreeMap::new(),
            kept: Vec::new(),
            anonymous: BTreeMap::new(),
            origins: BTreeMap::new(),
            homes: Homes::new(input.model),
            written: BTreeMap::new(),
            jobs: VecDeque::new(),
            items: Vec::new(),
            emitted: BTreeMap::new(),
            undocumented: 0,
            rules,
            undescribed: BTreeMap::new(),
            diagnostics: Vec::new(),
            rank: 0,
        };
        for (index, instance) in input.schema.instances.iter().enumerate().filter(|(_, it)| it.is_declared()) {
            planner.instances.entry(instance.def).or_default().push(InstanceId(index as u32));
        }
        planner.pairs = Pairs::new(input.model, input.schema, &planner.instances);
        planner.name_declarations();
        planner.written = written(input, &planner.homes, &planner.paths);
        planner.lend_names();
        let linked = planner.paths.iter().filter(|(id, _)| planner.has_item(**id));
        let linked = linked.map(|(id, path)| (*id, (path.clone(), planner.linked_fields(*id, path)))).collect();
        planner.links = DocLinks::new(input.model, linked, input.recipe.docs_base.as_deref());
        planner
    }

    /// Makes the items of all declarations, then of everything that those asked for.
    pub(super) fn run(&mut self) {
        let schema = self.input.schema;
        for id in schema.reached.keys().copied() {
            for instance in self.instances.get(&id).cloned().unwrap_or_default() {
                if schema.instance(instance).args.is_empty() && self.paths.contains_key(&id) {
                    self.declare(instance);
                    self.run_jobs();
                }
            }
            if self.paths.contains_key(&id) && self.stays_whole(id) {
                self.generic(id, None);
            }
            self.declare_default(id);
            self.run_jobs();
        }
    }

    fn run_jobs(&mut self) {
        while let Some(job) = self.jobs.pop_front() {
            match job {
                Job::Monomorph(id, site) => {
                    let shape = &self.input.schema.instance(id).shape;
                    self.ty(shape, &site);
                }
                Job::Generic(def, tag, path) => self.make_generic(def, tag.as_deref(), &path),
            }
        }
    }

    /// Makes the type that a generic declaration's name alone means, where nothing else may have asked for it.
    fn declare_default(&mut self, def: DefId) {
        let Some(id) = self.default_instance(def) else { return };
        if let Some(path) = self.paths.get(&def).cloned() {
            let site = self.site_of(def, &path);
            self.nominal(id, &site);
        }
    }

    /// Makes the item of a declaration without parameters.
    fn declare(&mut self, id: InstanceId) {
        let instance = self.input.schema.instance(id);
        let Some(path) = self.paths.get(&instance.def).cloned() else { return };
        let mut site = self.site_of(instance.def, &path);
        site.usage = instance.usage;
        match self.form_of(id) {
            Form::Transparent => {
                self.alias_ty(id);
            }
            Form::Nominal { nullable: false } => {
                self.ty(&instance.shape, &site);
            }
            Form::Nominal { nullable: true } => {
                let value = self.value_path(&path, instance.def);
                let rank = self.next_rank();
                self.push_nullable(&path, RustTy::Path(value.clone(), Vec::new()), &site, rank);
                let inside = Site { claim: Some(value), nested: true, ..site };
                self.ty(&instance.shape, &inside);
            }
        }
    }

    /// Whether a declaration has an item under its own name, known before any is made.
    pub(super) fn has_item(&self, id: DefId) -> bool {
        let bare = |instance: &InstanceId| self.input.schema.instance(*instance).args.is_empty();
        let whole = self.instances.get(&id).is_some_and(|all| all.iter().any(bare)) || self.stays_whole(id);
        whole || self.default_instance(id).is_some()
    }

    /// The fields that links may lead to: those of a declaration that is a struct.
    fn linked_fields(&self, id: DefId, path: &RustPath) -> Fields {
        let schema = self.input.schema;
        let bare = self.instances.get(&id).into_iter().flatten().map(|instance| schema.instance(*instance));
        let body = bare.filter(|instance| instance.args.is_empty()).map(|instance| &instance.shape).next();
        match body.or_else(|| schema.generics.get(&id)) {
            Some(Shape::Record(record)) => self.fields_of(record, &self.site_of(id, path)),
            _ => Fields::new(),
        }
    }

    /// Gives every declaration that is data its path.
    fn name_declarations(&mut self) {
        let mut wanted: BTreeMap<(ModulePath, RustIdent), Vec<DefId>> = BTreeMap::new();
        for (id, reached) in &self.input.schema.reached {
            let operator = reached.not_data == Some(NotData::TypeOperator);
            if reached.not_data.is_none() || (operator && self.instances.contains_key(id)) {
                let module = self.layout.module_of(self.def(*id));
                wanted.entry((module, self.wanted_name(*id))).or_default().push(*id);
            }
        }
        let mut clashing = Vec::new();
        for ((module, name), ids) in wanted {
            let spelled = ids.iter().position(|id| self.last_name(*id) == name.text()).unwrap_or_default();
            for (index, id) in ids.into_iter().enumerate() {
                if index == spelled {
                    self.claim(id, &module, [name.clone()]);
                } else {
                    clashing.push((id, module.clone(), name.clone()));
                }
            }
        }
        for (id, module, name) in clashing {
            self.settle(id, &module, &name);
        }
    }

    fn claim(&mut self, id: DefId, module: &ModulePath, candidates: impl IntoIterator<Item = RustIdent>) -> bool {
        let claimed = self.names.claim(module, candidates);
        if let Some(path) = claimed {
            self.paths.insert(id, path);
            return true;
        }
        false
    }

    /// Names a declaration whose name is taken by another of its module: by the module, by its file, by its spelling.
    fn settle(&mut self, id: DefId, module: &ModulePath, name: &RustIdent) {
        let def = self.def(id);
        let name = name.text();
        let last = module.last().map_or("", RustIdent::text).to_owned();
        let path = &self.input.sources.file(def.file).path;
        let file = super::chunks::stem(path.rsplit('/').next().unwrap_or(path)).to_owned();
        let kind = self.kind_word(def);
        let words = [
            format!("{last} {name}"),
            format!("{file} {name}"),
            format!("{name} {kind}"),
            format!("{last} {name} {kind}"),
        ];
        let candidates: Vec<RustIdent> = words.iter().map(|text| RustIdent::upper_camel(text)).collect();
        if !self.claim(id, module, candidates) {
            self.report_clash(id, name);
        }
    }

    fn report_clash(&mut self, id: DefId, name: &str) {
        let def = self.def(id);
        let message = format!("`{}` and another declaration both want the Rust name `{name}`", def.name);
        let hint = format!("add to the recipe: [rename] \"{}\" = \"…\"", def.name);
        self.diagnostics.push(Diagnostic::error(Code::NameClash, def.location, message).with_hint(hint));
    }

    fn kind_word(&self, def: &Def) -> &'static str {
        match super::coverage::kind(def) {
            "class" => "Class",
            "interface" => "Interface",
            "enum" => "Enum",
            _ => "Type",
        }
    }

    /// What a declaration would be called were it alone: by the recipe, by upstream; where upstream has no name for a
    /// default export, by its file or package.
    fn wanted_name(&self, id: DefId) -> RustIdent {
        let def = self.def(id);
        if let Some(row) = self.input.recipe.rename.find(&[&def.name]) {
            return RustIdent::upper_camel(row);
        }
        let last = self.last_name(id);
        if last != "default" {
            return RustIdent::upper_camel(last);
        }
        let module = self.layout.file(def.file);
        let package = &self.input.sources.package_of(def.file).name;
        RustIdent::upper_camel(module.last().map_or(package.rsplit('/').next().unwrap_or(package), RustIdent::text))
    }

    /// Aliases that are exactly an instance of a generic declaration lend it their name.
    fn lend_names(&mut self) {
        let schema = self.input.schema;
        // What a generic declaration's name alone means takes that name, where no generic type has it.
        for (def, id) in &schema.defaults {
            let nominal = self.form_of(*id) == Form::Nominal { nullable: false };
            let bare = schema.instance(*id).is_whole() || self.stays_whole(*def) || self.is_generic_instance(*id);
            if nominal && !bare && self.paths.contains_key(def) {
                self.lent.insert(*id, *def);
            }
        }
        for id in schema.reached.keys().copied() {
            let Some(instances) = self.instances.get(&id) else { continue };
            for instance in instances.iter().map(|id| schema.instance(*id)).filter(|instance| instance.args.is_empty())
            {
                let Shape::Ref(target) = &instance.shape else { continue };
                let named = !schema.instance(*target).is_whole() && self.paths.contains_key(&id);
                let nominal = self.form_of(*target) == Form::Nominal { nullable: false };
                if named && nominal && !self.is_generic_instance(*target) {
                    self.lent.entry(*target).or_insert(id);
                }
            }
        }
    }
}
