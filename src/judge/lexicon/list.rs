//! The phrase lists, and what each is for.

use crate::types::Kind;

/// The lists. A new one is a file and a line here.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        /// A phrase list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum List { $($(#[$doc])* $name),* }

        impl List {
            /// Every list.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name, as in evidence, and contents.
            pub(super) fn source(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($file, include_str!(concat!("../phrases/", $file, ".txt")))),* }
            }
        }
    };
}

lists! {
    /// Appeals to subscribe, join, donate, register.
    Subscription = "subscription";
    /// Comment boxes and policies.
    Comments = "comments";
    /// Share bars.
    Share = "share";
    /// Openers of links to the whole story.
    ReadMore = "read-more";
    /// Headings of link lists.
    Related = "related";
    /// Contact footers.
    Contact = "contact";
    /// Cookie banners.
    Cookie = "cookie";
    /// Copyright and terms.
    Legal = "legal";
    /// Labels of advertising.
    Ad = "ad";
    /// The language of product and company blurbs.
    Blurb = "blurb";
    /// Menus and controls.
    Navigation = "navigation";
    /// Mastheads and taglines.
    Header = "header";
    /// Author boxes.
    Author = "author";
    /// Postal addresses.
    Address = "address";
    /// Names of months and days, openers of date lines.
    Date = "date";
    /// Openers of by-lines.
    Byline = "byline";
    /// Captions and picture credits.
    Caption = "caption";
}

/// A set of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists(u32);

impl Lists {
    /// Takes in one list.
    pub fn add(&mut self, list: List) {
        self.0 |= 1 << list as u32;
    }

    /// Whether the list is in the set.
    pub fn holds(self, list: List) -> bool {
        self.0 >> (list as u32) & 1 == 1
    }
}

/// Words of the longest block that is a line by itself: a masthead, a name, an address, a date.
pub(super) const LINE: u32 = 25;

/// Blocks with more words are not judged by phrases.
pub const LONGEST: u32 = 250;

impl List {
    /// Words of the longest block that the list speaks about: menus and labels are short, policies are not.
    pub fn longest(self) -> u32 {
        match self {
            Self::Navigation | Self::Related | Self::Header | Self::Byline | Self::Date => 16,
            Self::ReadMore | Self::Address | Self::Caption => 25,
            Self::Share => 40,
            Self::Contact => 60,
            Self::Author | Self::Ad => 80,
            Self::Comments | Self::Blurb => 150,
            Self::Subscription | Self::Cookie | Self::Legal => LONGEST,
        }
    }

    /// What a block is of which the list says enough.
    pub fn kind(self) -> Kind {
        match self {
            Self::Subscription => Kind::Subscription,
            Self::Comments => Kind::Comments,
            Self::Share => Kind::Share,
            Self::ReadMore | Self::Related => Kind::Related,
            Self::Contact | Self::Address => Kind::Contact,
            Self::Cookie | Self::Legal => Kind::Legal,
            Self::Ad | Self::Blurb => Kind::Ad,
            Self::Navigation => Kind::Navigation,
            Self::Header => Kind::Template,
            Self::Author => Kind::AuthorBox,
            Self::Caption => Kind::Caption,
            Self::Date | Self::Byline => Kind::Metadata,
        }
    }
    /// Whether the list says nothing of blocks beyond [`LINE`]: its words (months, `the`) are in every text.
    pub(super) fn is_of_lines(self) -> bool {
        matches!(self, Self::Header | Self::Byline | Self::Date | Self::Address | Self::Caption)
    }
}
