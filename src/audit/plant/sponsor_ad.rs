//! `sponsor-ad`

use crate::audit::kind::{Kind, say};

pub(crate) static KIND: Kind = Kind {
    id: "sponsor-ad",
    summary: "an advertisement, amid the text or below it",
    plant: |site, dice| say(site, dice, "sponsor-ad"),
};
