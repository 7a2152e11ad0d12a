//! Which of many `export *` have a name: a barrel of a thousand names and a hundred modules would else be asked a
//! hundred thousand times.

use super::table::{ContainerId, EQUALS, Tables};
use std::collections::{BTreeMap, BTreeSet};

/// With fewer than these, asking each is as fast.
pub(super) const MANY: usize = 8;

/// What a container passes on of other modules, by name.
#[derive(Default)]
pub(super) struct Stars {
    /// The modules, in order.
    modules: Vec<ContainerId>,
    /// The places of the modules that have a name.
    by_name: BTreeMap<String, Vec<usize>>,
    /// The places of those that only a look-up can tell of: something is assigned to `export =`, there or below.
    unclear: Vec<usize>,
}

impl Stars {
    /// Looks through all that the modules export themselves or pass on.
    pub(super) fn new(tables: &Tables, container: ContainerId) -> Self {
        let stars = tables.container(container).stars.iter();
        let modules: Vec<ContainerId> = stars.filter_map(|star| tables.module(star)).collect();
        let mut found = Self::default();
        for (place, module) in modules.iter().enumerate() {
            found.add(tables, place, *module);
        }
        Self { modules, ..found }
    }

    fn add(&mut self, tables: &Tables, place: usize, module: ContainerId) {
        let mut seen = BTreeSet::new();
        let mut open = vec![module];
        let mut unclear = false;
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            let it = tables.container(next);
            unclear |= it.names.contains_key(EQUALS);
            for name in it.names.keys() {
                let places = self.by_name.entry(name.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
            open.extend(it.stars.iter().filter_map(|star| tables.module(star)));
        }
        if unclear {
            self.unclear.push(place);
        }
    }

    /// The modules that may have a name, in order.
    pub(super) fn having(&self, name: &str) -> Vec<ContainerId> {
        let known = self.by_name.get(name).into_iter().flatten();
        let places: BTreeSet<usize> = known.chain(&self.unclear).copied().collect();
        places.into_iter().map(|place| self.modules[place]).collect()
    }
}
