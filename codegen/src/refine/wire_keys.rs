//! `[wire] key`: what documents call a property that the declarations call otherwise.

use super::Refined;
use super::properties::visit;
use crate::model::Model;
use crate::recipe::{Effect, Recipe};

/// Gives each property that a rule names its key on the wire.
pub(super) fn apply(model: &Model, recipe: &Recipe, refined: &mut Refined) {
    if recipe.keys.rows().is_empty() {
        return;
    }
    let log = &refined.rules;
    visit(model, &mut refined.schema, &mut |names, property| {
        let rows = recipe.keys.matching(names);
        let Some((last, overruled)) = rows.split_last() else { return };
        overruled.iter().for_each(|row| log.note("[wire] key", row, names, Effect::Overruled));
        let effect = if last.value == property.name { Effect::Nothing } else { Effect::Changed };
        log.note("[wire] key", last, names, effect);
        property.key = Some(last.value.clone());
    });
}
