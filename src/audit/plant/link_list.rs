//! `link-list`

use crate::audit::kind::{Kind, say};

pub(crate) static KIND: Kind = Kind {
    id: "link-list",
    summary: "titles of other pages under a heading, amid the text or below it",
    plant: |site, dice| say(site, dice, "link-list"),
};
