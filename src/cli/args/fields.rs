//! How records are read.

use clap::Args;

use crate::pipeline::Options;
use crate::read::{self, FORMATS, Fields};

/// Fields of records, and their format.
#[derive(Debug, Args)]
pub(super) struct FieldArgs {
    /// Field with the text of a JSON record
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// Field with the id of a JSON record
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// Read all inputs as text, markdown or jsonl, whatever their names
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = FORMATS.iter().map(|f| f.name).collect::<Vec<_>>())]
    input_format: Option<String>,
}

impl FieldArgs {
    pub(super) fn set(&self, options: &mut Options) {
        options.fields = Fields { text: self.text_field.clone(), id: self.id_field.clone() };
        options.format = self.input_format.as_deref().and_then(read::format);
    }
}
