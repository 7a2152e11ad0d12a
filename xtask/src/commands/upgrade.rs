//! `cargo xtask upgrade`.
use crate::cli::UpgradeArgs;
use crate::console::Console;
use crate::stop::Stop;
use serde_json::Value;
pub(super) fn run(_args: &UpgradeArgs, _console: &mut Console<'_>) -> Result<Value, Stop> {
    Err(anyhow::anyhow!("not there yet").into())
}
