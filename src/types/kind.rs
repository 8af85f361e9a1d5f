//! Kinds of dirt.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Defines the kinds with their names, as the report spells them.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What a finding is, more narrowly than its category says.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema
        )]
        pub enum Kind { $($(#[$doc])* #[serde(rename = $name)] $kind,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name, as in the report.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }
        }
    };
}

kinds! {
    /// Menus, buttons, controls.
    Navigation = "navigation",
    /// Appeals to subscribe, join, donate or register.
    Subscription = "subscription",
    /// Advertising.
    Ad = "ad",
    /// Comment boxes and their rules.
    Comments = "comments",
    /// Other stories: their titles, and lines that lead to them.
    Related = "related",
    /// Share bars.
    Share = "share",
    /// Copyright, terms, cookies.
    Legal = "legal",
    /// Addresses, telephone numbers, ways to write.
    Contact = "contact",
    /// Who the author is.
    AuthorBox = "author-box",
    /// What stands under a picture.
    Caption = "caption",
    /// What every page of a site has at this place.
    Template = "template",
    /// The words of somebody who is named, in several documents: never cut.
    Quotation = "quotation",
    /// Most of an article, which another site has too.
    Syndication = "syndication",
    /// Any other text that stands twice.
    Copy = "copy",
    /// Damage that can be mended.
    Damage = "damage",
    /// What is said about the article: its author, its date.
    Metadata = "metadata",
    /// None of these.
    #[default]
    Other = "other",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
